package outputs

import (
	"bytes"
	"context"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

var update = flag.Bool("update", false, "write the pictures of the pages to docs")

// The pictures in docs show the pages as they are, fonts aside: blocks of them are
// compared, and few may differ.
func TestPicturesInDocs(t *testing.T) {
	for name, file := range map[string]string{
		"compare": htmlPage(t, "..", "-pooler=rdsproxy,pgbouncer,supavisor,pgdog", "-C", "testdata", "./demo"),
		"trace":   tracePage(t, busy),
	} {
		t.Run(name, func(t *testing.T) { pictures(t, name, file) })
	}
}

// pictures compares a page with its pictures.
func pictures(t *testing.T, name, file string) {
	for _, scheme := range []string{"light", "dark"} {
		p := openPage(t, file, view(1280, scheme))
		var shot []byte
		p.do(t, chromedp.ActionFunc(func(ctx context.Context) (err error) {
			top := page.Viewport{Width: 1280, Height: 1180, Scale: 1}
			shot, err = page.CaptureScreenshot().WithClip(&top).WithCaptureBeyondViewport(true).Do(ctx)
			return err
		}))
		shown := filepath.Join("..", "docs", name+"-"+scheme+".png")
		if *update {
			var small bytes.Buffer // the browser packs in haste
			if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&small, picture(t, shot)); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(shown, small.Bytes(), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		was, err := os.ReadFile(shown)
		if err != nil {
			t.Fatal(err)
		}
		if n := differing(picture(t, was), picture(t, shot)); n > 0.05 {
			t.Errorf("%s is not what the page looks like: %.0f %% of it differs; run.sh -run Pictures -update renews it", shown, 100*n)
		}
	}
}

func picture(t *testing.T, b []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// differing is the share of blocks whose mean colours are not alike.
func differing(a, b image.Image) float64 {
	if a.Bounds() != b.Bounds() {
		return 1
	}
	const side, alike = 40, 40 // pixels; levels of 255
	differ, blocks := 0, 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y += side {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x += side {
			block := image.Rect(x, y, x+side, y+side)
			p, q := mean(a, block), mean(b, block)
			blocks++
			for i := range p {
				if max(p[i], q[i])-min(p[i], q[i]) > alike {
					differ++
					break
				}
			}
		}
	}
	return float64(differ) / float64(blocks)
}

// mean is the mean colour of a part of a picture.
func mean(img image.Image, part image.Rectangle) (rgb [3]int) {
	part = part.Intersect(img.Bounds())
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			r, g, b, _ := img.At(x, y).RGBA()
			rgb[0], rgb[1], rgb[2] = rgb[0]+int(r>>8), rgb[1]+int(g>>8), rgb[2]+int(b>>8)
		}
	}
	for i := range rgb {
		rgb[i] /= part.Dx() * part.Dy()
	}
	return rgb
}
