package stress

import (
	"testing"

	"github.com/poolvet/poolvet/internal/testmod"
)

func TestMain(m *testing.M) { testmod.Main(m, "../../testdata") }
