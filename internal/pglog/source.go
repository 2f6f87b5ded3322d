package pglog

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"
)

// log is a file, or standard input.
type log struct {
	name  string
	stdin bool
	size  int64 // -1 where it is not known
}

// find finds the logs of names, in the order of a folder's names.
func find(names []string) (logs []log, err error) {
	for _, name := range names {
		if name == "-" {
			logs = append(logs, log{name: "standard input", stdin: true, size: -1})
			continue
		}
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			name = filepath.Clean(name) + string(filepath.Separator) // through a link, too
		}
		before := len(logs)
		err := filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if path != name && !d.Type().IsRegular() {
				return nil // a folder, or what is read nowhere: a socket, a pipe
			}
			info, err := os.Stat(path)
			if err != nil || info.IsDir() {
				return err
			}
			l := log{name: path, size: info.Size()}
			if !info.Mode().IsRegular() {
				l.size = -1
			}
			logs = append(logs, l)
			return nil
		})
		switch {
		case err != nil:
			return nil, unread(name, err)
		case len(logs) == before:
			return nil, fmt.Errorf("log %s: the folder holds no file", filepath.Clean(name))
		}
	}
	return logs, nil
}

// unread says that a log cannot be read.
func unread(name string, err error) error {
	if p := (*fs.PathError)(nil); errors.Is(err, fs.ErrNotExist) && errors.As(err, &p) {
		return fmt.Errorf("log %s: there is no such file or folder", p.Path)
	}
	return fmt.Errorf("log %s: %w", filepath.Clean(name), err)
}

func (l log) read(stdin io.Reader, m *meter, r *reader) error {
	if m.in = stdin; !l.stdin {
		f, err := os.Open(l.name)
		if err != nil {
			return unread(l.name, err)
		}
		defer f.Close()
		m.in = f
	}
	r.read(l.name, m)
	return nil
}

// meter tells how much of the logs was read.
type meter struct {
	in             io.Reader
	done, told, of int64
	tell           func(read, of int64)
}

// step is after how many bytes it does.
const step = 1 << 20

func meterOf(logs []log, tell func(read, of int64)) *meter {
	m := &meter{tell: tell}
	for _, l := range logs {
		if l.size < 0 {
			m.of = 0
			break
		}
		m.of += l.size
	}
	return m
}

func (m *meter) Read(b []byte) (int, error) {
	n, err := m.in.Read(b)
	if m.done += int64(n); m.tell != nil && m.done-m.told >= step {
		m.told = m.done
		m.tell(m.done, m.of)
	}
	return n, err
}

// plain is what a log holds, after decompression where it is compressed.
func plain(in io.Reader) (io.Reader, func(), error) {
	b := bufio.NewReaderSize(in, 1<<16)
	magic, _ := b.Peek(4)
	switch {
	case bytes.HasPrefix(magic, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(b)
		return z, func() {}, err
	case bytes.Equal(magic, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(b, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(longestWindow))
		if err != nil {
			return nil, nil, err
		}
		return z, z.Close, nil
	}
	return b, func() {}, nil
}

// longestWindow is how much of a log zstd may look back over, which it keeps in
// memory: what zstd --long writes without an argument, and no more.
const longestWindow = 128 << 20
