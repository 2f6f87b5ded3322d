package pglog

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

const oneStatement = "2026-03-12 10:04:05 UTC [7] LOG:  statement: SET jit = off\n"

func gzipped(t *testing.T, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFoldersAreReadByName(t *testing.T) {
	dir := t.TempDir()
	for name, data := range map[string][]byte{
		"b.log":          []byte(oneStatement),
		"a.log.gz":       gzipped(t, oneStatement+oneStatement),
		"older/c.log":    []byte("not a log\n"),
		"older/empty.gz": nil,
	} {
		if err := os.MkdirAll(filepath.Join(dir, "older"), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var places []string
	counts, err := Read([]string{dir, "-"}, strings.NewReader(oneStatement), Options{}, func(e *Entry) {
		places = append(places, filepath.Base(e.File))
	})
	if got := strings.Join(places, " "); err != nil || got != "a.log.gz a.log.gz b.log standard input" {
		t.Errorf("entries are of %s, %v", got, err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	if linked, err := Read([]string{link}, nil, Options{}, func(*Entry) {}); err != nil || linked.Files != 4 {
		t.Errorf("through a link: %+v, %v", linked, err)
	}
	if counts.Files != 5 || counts.Lines != 5 || counts.Other != 1 || counts.Bytes != int64(4*len(oneStatement)+len("not a log\n")) {
		t.Errorf("counts are %+v", counts)
	}
}

// The size of a log that is compressed is that of the file.
func TestProgressIsToldOfFilesAsTheyAre(t *testing.T) {
	dir := t.TempDir()
	var noise strings.Builder
	for i := range 300_000 {
		fmt.Fprintln(&noise, i*i)
	}
	var size int64
	for name, data := range map[string][]byte{"a.log": []byte(noise.String()), "b.log.gz": gzipped(t, strings.Repeat(noise.String(), 3)), "c.log": nil} {
		size += int64(len(data))
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		names  []string
		of     int64
		atMost int64
	}{{[]string{dir}, size, size}, {[]string{dir, "-"}, 0, size + 5<<20}, {[]string{"-"}, 0, 5 << 20}} {
		var last int64
		tell := func(read, of int64) {
			if of != test.of || read <= last || read > test.atMost {
				t.Errorf("%s: %d of %d after %d, want of %d", test.names, read, of, last, test.of)
			}
			last = read
		}
		if _, err := Read(test.names, &repeat{part: []byte("\n"), left: 5 << 20}, Options{Progress: tell}, nil); err != nil {
			t.Fatal(err)
		}
		if last <= test.atMost-step {
			t.Errorf("%s: told of %d of %d bytes at last", test.names, last, test.atMost)
		}
	}
}

func TestZstd(t *testing.T) {
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	log := w.EncodeAll([]byte(oneStatement+oneStatement), nil)
	counts, err := Read([]string{"-"}, bytes.NewReader(log), Options{}, func(*Entry) {})
	if err != nil || counts.Entries != 2 || counts.Bytes != int64(2*len(oneStatement)) || len(counts.Cut) != 0 {
		t.Errorf("counts are %+v, %v", counts, err)
	}
	counts, err = Read([]string{"-"}, bytes.NewReader(log[:len(log)-6]), Options{}, func(*Entry) {})
	if err != nil || len(counts.Cut) != 1 {
		t.Errorf("cut: counts are %+v, %v", counts, err)
	}
}

func TestTruncatedGzipIsReadAsFarAsItGoes(t *testing.T) {
	whole := gzipped(t, strings.Repeat(oneStatement, 3))
	for cut, want := range map[int]string{len(whole) - 4: "standard input:4: unexpected EOF", 5: "standard input:1: unexpected EOF"} {
		counts, err := Read([]string{"-"}, bytes.NewReader(whole[:cut]), Options{}, func(*Entry) {})
		if err != nil || len(counts.Cut) != 1 || counts.Cut[0] != want {
			t.Errorf("%d bytes: %+v, %v; want cut at %s", cut, counts, err, want)
		}
		if cut > 5 && counts.Entries != 3 {
			t.Errorf("%d bytes: %d entries, want 3", cut, counts.Entries)
		}
	}
}

func TestLogsThatAreNotThere(t *testing.T) {
	empty := t.TempDir()
	for name, want := range map[string]string{
		filepath.Join(empty, "x.log"): "log " + filepath.Join(empty, "x.log") + ": there is no such file or folder",
		empty:                         "log " + empty + ": the folder holds no file",
	} {
		if _, err := Read([]string{name}, nil, Options{}, nil); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
}

func TestMessagesTooLongToKeep(t *testing.T) {
	long := "2026-03-12 10:04:05 UTC [7] LOG:  statement: SELECT '" + strings.Repeat("x", longest) + "'\n"
	tabs := "2026-03-12 10:04:05 UTC [7] LOG:  statement: SELECT '" + strings.Repeat("\n\t"+strings.Repeat("x", 1000), longest/1000) + "'\n"
	counts := want(t, long+oneStatement+tabs+oneStatement, "2: simple session=\"7\" sql=\"SET jit = off\" at 2026-03-12T10:04:05Z\n"+
		"4198: simple session=\"7\" sql=\"SET jit = off\" at 2026-03-12T10:04:05Z\n")
	if counts.Long != 2 || counts.Bytes != int64(len(long)+len(tabs)+2*len(oneStatement)) {
		t.Errorf("counts are %+v", counts)
	}
}
