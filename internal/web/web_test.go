package web

import "testing"

func TestCommitsOnTheWeb(t *testing.T) {
	for remote, want := range map[string]string{
		"git@github.com:acme/shop.git":                      "https://github.com/acme/shop/blob/c0ffee",
		"https://github.com/acme/shop":                      "https://github.com/acme/shop/blob/c0ffee",
		"https://someone:secret@github.com/acme/shop.git/":  "https://github.com/acme/shop/blob/c0ffee",
		"ssh://git@github.acme.example:2222/acme/shop.git":  "https://github.acme.example/acme/shop/blob/c0ffee",
		"https://gitlab-ci-token:x@gitlab.com/a/b/shop.git": "https://gitlab.com/a/b/shop/-/blob/c0ffee",
		"https://gitlab.acme.example:8443/acme/shop.git":    "https://gitlab.acme.example:8443/acme/shop/-/blob/c0ffee",
		"https://git.acme.example/acme/shop.git":            "",
		"git@notgithub.example:acme/shop.git":               "",
		"/srv/git/github.com/shop.git":                      "",
		"file:///srv/github/shop.git":                       "",
		"C:\\git\\shop":                                     "",
		"":                                                  "",
	} {
		got := ""
		if u := commitURL(remote, "c0ffee"); u != nil {
			got = u.String()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", remote, got, want)
		}
	}
}
