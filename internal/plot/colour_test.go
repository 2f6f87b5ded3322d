package plot

import (
	"math"
	"regexp"
	"strconv"
	"testing"
)

type rgb [3]float64 // linear light

// seen is how colours look to most, and without one of the three receptors
// (Machado, Oliveira and Fernandes 2009).
var seen = map[string][3]rgb{
	"most":         {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopes":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopes": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopes":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

func times(m [3]rgb, c rgb) (to rgb) {
	for i, row := range m {
		to[i] = min(1, max(0, row[0]*c[0]+row[1]*c[1]+row[2]*c[2]))
	}
	return to
}

func colour(t *testing.T, hex string) (c rgb) {
	t.Helper()
	for i := range c {
		n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		if v := float64(n) / 255; v <= 0.04045 {
			c[i] = v / 12.92
		} else {
			c[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return c
}

// lab is a colour in OKLab, where what looks as different is as far apart.
func lab(c rgb) rgb {
	l := times([3]rgb{{0.4122214708, 0.5363325363, 0.0514459929}, {0.2119034982, 0.6806995451, 0.1073969566}, {0.0883024619, 0.2817188376, 0.6299787005}}, c)
	for i := range l {
		l[i] = math.Cbrt(l[i])
	}
	return rgb{
		0.2104542553*l[0] + 0.7936177850*l[1] - 0.0040720468*l[2],
		1.9779984951*l[0] - 2.4285922050*l[1] + 0.4505937099*l[2],
		0.0259040371*l[0] + 0.7827717662*l[1] - 0.8086757660*l[2],
	}
}

func luminance(c rgb) float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }

// The colours stand out from the card, and are told apart by everyone.
func TestColoursAreToldApart(t *testing.T) {
	schemes := regexp.MustCompile(`:root \{(.*)\}`).FindAllStringSubmatch(Style, -1)
	if len(schemes) != 2 {
		t.Fatalf("%d schemes", len(schemes))
	}
	for i, card := range []string{"#ffffff", "#181e28"} {
		of := regexp.MustCompile(`--c\d: (#[0-9a-f]{6});`).FindAllStringSubmatch(schemes[i][1], -1)
		if len(of) != Colours+1 {
			t.Fatalf("%d colours", len(of))
		}
		for k, a := range of {
			light := []float64{luminance(colour(t, a[1])), luminance(colour(t, card))}
			if contrast := (max(light[0], light[1]) + 0.05) / (min(light[0], light[1]) + 0.05); contrast < 3 {
				t.Errorf("%s on %s: a contrast of %.2f, of 3 that WCAG 2.2 asks for", a[1], card, contrast)
			}
			for _, b := range of[:k] {
				for who, m := range seen {
					p, q := lab(times(m, colour(t, a[1]))), lab(times(m, colour(t, b[1])))
					if d := math.Hypot(math.Hypot(p[0]-q[0], p[1]-q[1]), p[2]-q[2]); d < 0.08 {
						t.Errorf("%s and %s: %.3f apart to %s", a[1], b[1], d, who)
					}
				}
			}
		}
	}
}
