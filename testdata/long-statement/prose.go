package longstatement

import "strings"

var page = "SELECT an option from the list. " + strings.Repeat("Please read on. ", thousand*20)
