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

// open opens each log of names, in the order of a folder's names.
func open(names []string, stdin io.Reader, read func(name string, in io.Reader) error) error {
	for _, name := range names {
		if name == "-" {
			if err := read("standard input", stdin); err != nil {
				return err
			}
			continue
		}
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			name = filepath.Clean(name) + string(filepath.Separator) // through a link, too
		}
		files := 0
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
			files++
			return openFile(path, read)
		})
		var p *fs.PathError
		switch {
		case errors.Is(err, fs.ErrNotExist) && errors.As(err, &p):
			return fmt.Errorf("log %s: there is no such file or folder", p.Path)
		case err != nil:
			return fmt.Errorf("log %s: %w", filepath.Clean(name), err)
		case files == 0:
			return fmt.Errorf("log %s: the folder holds no file", filepath.Clean(name))
		}
	}
	return nil
}

func openFile(name string, read func(name string, in io.Reader) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return read(name, f)
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
