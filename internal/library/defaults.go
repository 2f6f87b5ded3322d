package library

// Defaults are functions that take a text by default, for what the operator may
// give in its place.
var Defaults = []Default{
	{Path: "flag", Names: "String FlagSet.String", Value: 1, Into: -1, Key: -1},
	{Path: "flag", Names: "StringVar FlagSet.StringVar", Value: 2, Into: 0, Key: -1},
	{Path: "github.com/spf13/pflag", Names: "String FlagSet.String", Value: 1, Into: -1, Key: -1},
	{Path: "github.com/spf13/pflag", Names: "StringP FlagSet.StringP", Value: 2, Into: -1, Key: -1},
	{Path: "github.com/spf13/pflag", Names: "StringVar FlagSet.StringVar", Value: 2, Into: 0, Key: -1},
	{Path: "github.com/spf13/pflag", Names: "StringVarP FlagSet.StringVarP", Value: 3, Into: 0, Key: -1},
	{Path: "github.com/spf13/viper", Names: "SetDefault Viper.SetDefault", Value: 1, Into: -1, Key: 0},
	{Path: "github.com/spf13/viper", Names: "GetString Viper.GetString", Value: -1, Into: -1, Key: 0},
}

// Default is functions of a package that say a default, or ask for it: of their
// arguments the text, what it is put into, and the key that it is set and asked
// for by, each -1 where there is none. What has neither of the latter two
// returns it.
type Default struct {
	Path             string
	Names            Words
	Value, Into, Key int
}

// DefaultTags are the tags of struct fields that say a default: of
// caarlos0/env, ilyakaznacheev/cleanenv, kelseyhightower/envconfig,
// creasty/defaults, alecthomas/kong and jessevdk/go-flags.
const DefaultTags Words = "envDefault env-default default"

// DefaultOf is the row of a function, or nil.
func DefaultOf(path, name string) *Default {
	for i := range Defaults {
		if d := &Defaults[i]; d.Path == path && d.Names.Has(name) {
			return d
		}
	}
	return nil
}
