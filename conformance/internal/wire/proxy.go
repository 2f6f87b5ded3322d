package wire

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
)

// Startup is the type of a startup packet, which has none on the wire.
const Startup = '!'

// Message is what a client said.
type Message struct {
	Type   byte // as the protocol has it: Q, P, B, D, E, S, C, H; or Startup
	Name   string
	Text   string            // of Query and Parse
	Params map[string]string // of Startup
}

// String is Q{text}, P[name]{text}, B[name], D[name], C[name], or the type.
func (m Message) String() string {
	switch m.Type {
	case 'Q':
		return fmt.Sprintf("Q{%s}", m.Text)
	case 'P':
		return fmt.Sprintf("P[%s]{%s}", m.Name, m.Text)
	case 'B', 'D', 'C':
		return fmt.Sprintf("%c[%s]", m.Type, m.Name)
	}
	return string(m.Type)
}

// Proxy stands between clients and a server, and records what clients say.
type Proxy struct {
	Addr string

	listener net.Listener
	upstream string
	wg       sync.WaitGroup
	mu       sync.Mutex
	heard    []Message
	conns    []net.Conn
}

// Record starts a proxy in front of a server.
func Record(upstream string) (*Proxy, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Proxy{Addr: l.Addr().String(), listener: l, upstream: upstream}
	p.wg.Go(p.accept)
	return p, nil
}

// Take returns what was said since the last Take. A message is recorded
// before the server has it, so all that was answered is there.
func (p *Proxy) Take() []Message {
	p.mu.Lock()
	defer p.mu.Unlock()
	heard := p.heard
	p.heard = nil
	return heard
}

// Close ends the proxy and the connections through it.
func (p *Proxy) Close() {
	p.listener.Close()
	p.mu.Lock()
	for _, c := range p.conns {
		c.Close()
	}
	p.mu.Unlock()
	p.wg.Wait()
}

func (p *Proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.upstream)
		if err != nil {
			client.Close()
			continue
		}
		p.mu.Lock()
		p.conns = append(p.conns, client, server)
		p.mu.Unlock()
		p.wg.Go(func() {
			p.relay(client, server)
			server.Close()
		})
		p.wg.Go(func() {
			io.Copy(client, server)
			client.Close()
		})
	}
}

// relay passes on what the client says, one message at a time.
func (p *Proxy) relay(client, server net.Conn) {
	for started := false; ; {
		raw, m, err := read(client, started)
		if err != nil {
			return
		}
		if m.Type == 0 { // asks for TLS or GSS: there is none
			if _, err := client.Write([]byte("N")); err != nil {
				return
			}
			continue
		}
		started = started || m.Type == Startup
		p.mu.Lock()
		p.heard = append(p.heard, m)
		p.mu.Unlock()
		if _, err := server.Write(raw); err != nil {
			return
		}
	}
}

const (
	protocol3     = 3 << 16
	cancelRequest = 1234<<16 | 5678
)

// read reads one message; before the startup packet they have no type.
func read(r io.Reader, started bool) (raw []byte, m Message, err error) {
	head := make([]byte, 4, 5)
	if started {
		head = head[:5]
	}
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, m, err
	}
	size := binary.BigEndian.Uint32(head[len(head)-4:])
	if size < 4 || size > 64<<20 {
		return nil, m, fmt.Errorf("message of %d bytes", size)
	}
	body := make([]byte, size-4)
	if _, err := io.ReadFull(r, body); err != nil {
		return nil, m, err
	}
	raw = append(head, body...)
	if started {
		m = decode(head[0], body)
		return raw, m, nil
	}
	if len(body) < 4 {
		return nil, m, fmt.Errorf("a startup packet of %d bytes", len(body))
	}
	switch code := binary.BigEndian.Uint32(body); code >> 16 {
	case protocol3 >> 16:
		m = Message{Type: Startup, Params: map[string]string{}}
		words := strings.Split(string(body[4:]), "\x00")
		for i := 0; i+1 < len(words) && words[i] != ""; i += 2 {
			m.Params[words[i]] = words[i+1]
		}
	default:
		if code == cancelRequest {
			m.Type = 'F' // a request to cancel, on a connection of its own
		}
	}
	return raw, m, nil
}

// decode reads the parts of a message that Message has.
func decode(kind byte, body []byte) Message {
	m := Message{Type: kind}
	next := func() string {
		word, rest, _ := bytes.Cut(body, []byte{0})
		body = rest
		return string(word)
	}
	switch kind {
	case 'Q':
		m.Text = next()
	case 'P':
		m.Name, m.Text = next(), next()
	case 'B':
		next() // the portal
		m.Name = next()
	case 'D', 'C':
		m.Name = strings.TrimPrefix(strings.TrimPrefix(next(), "S"), "P")
	}
	return m
}
