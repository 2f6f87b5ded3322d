// Package web says where source that git keeps can be read on the web.
//
// A page of poolvet is opened as an artifact of CI, or from a mail, far
// from the files: a link relative to it would lead nowhere. So a place leads to
// its line on the web, at the commit, and only where that must be there: a
// branch of the remote has the commit, and the commit has the very file.
package web

import (
	"cmp"
	"fmt"
	"net/url"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
)

// Lines says where a line of a file in the repositories of some folders can be
// read: "" for nowhere. Git is asked once the first is wanted.
func Lines(dirs ...string) func(file string, line int) string {
	each := sync.OnceValue(func() (each []func(string, int) string) {
		for _, dir := range dirs {
			if lines := ofRepository(dir); lines != nil {
				each = append(each, lines)
			}
		}
		return each
	})
	return func(file string, line int) (url string) {
		for _, lines := range each() {
			url = cmp.Or(url, lines(file, line))
		}
		return url
	}
}

// ofRepository is Lines for one folder, nil if none can be read.
func ofRepository(dir string) func(file string, line int) string {
	dir, err := filepath.Abs(dir)
	git := func(args ...string) string {
		var out []byte
		if err == nil {
			out, err = exec.Command("git", append([]string{"-C", dir}, args...)...).Output()
		}
		return strings.TrimSpace(string(out))
	}
	// CI of GitLab has what is to be merged as a ref of the pipeline.
	pushed := git("for-each-ref", "--count=1", "--contains=HEAD", "refs/remotes", "refs/pipelines")
	base := commitURL(git("remote", "get-url", "origin"), git("rev-parse", "HEAD"))
	root := filepath.Join(dir, git("rev-parse", "--show-cdup"))
	files := git("ls-tree", "-r", "-z", "--name-only", "--full-tree", "HEAD")
	changed := git("diff", "-z", "--name-only", "--no-relative", "--no-renames", "--no-ext-diff", "HEAD")
	if err != nil || pushed == "" || base == nil { // no git, no repository, no commit, no remote
		return nil
	}
	same := map[string]bool{}
	for name := range strings.SplitSeq(files, "\x00") {
		same[name] = true
	}
	for name := range strings.SplitSeq(changed, "\x00") {
		delete(same, name)
	}
	return func(file string, line int) string {
		abs, err := filepath.Abs(file)
		if err != nil {
			return ""
		}
		name, err := filepath.Rel(root, abs)
		if err != nil || !same[filepath.ToSlash(name)] {
			return ""
		}
		at := *base
		at.Path = path.Join(base.Path, filepath.ToSlash(name))
		if line > 0 {
			at.Fragment = fmt.Sprint("L", line)
		}
		return at.String()
	}
}

// scpRemote is a remote as ssh takes it: git@github.com:owner/name.git.
var scpRemote = regexp.MustCompile(`^(?:[^@/:]+@)?([\w.-]+):([^/].*)$`)

// commitURL is where the files of a commit are to be read, for a remote whose
// host is known to be GitHub or GitLab by its name. Of a password in the
// remote's address nothing is left.
func commitURL(remote, commit string) *url.URL {
	if m := scpRemote.FindStringSubmatch(remote); m != nil && !strings.Contains(remote, "://") {
		remote = "ssh://" + m[1] + "/" + m[2]
	}
	u, err := url.Parse(remote)
	if err != nil {
		return nil
	}
	host := u.Host
	switch u.Scheme {
	case "ssh", "git":
		host = u.Hostname() // the port is not that of the web
	case "https", "http":
	default:
		return nil
	}
	blob := map[string]string{"github": "blob", "gitlab": "-/blob"}[strings.SplitN(host, ".", 2)[0]]
	if blob == "" {
		return nil
	}
	repo := strings.TrimSuffix(strings.TrimSuffix(u.Path, "/"), ".git")
	return &url.URL{Scheme: "https", Host: host, Path: path.Join("/", repo, blob, commit)}
}
