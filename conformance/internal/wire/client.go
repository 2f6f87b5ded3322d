// Package wire speaks PostgreSQL's protocol message by message, as no driver
// lets one do, and records what a driver says.
package wire

import (
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
)

// Patience is how long an answer may take.
const Patience = 10 * time.Second

// Error is an error that the server or a pooler sent.
type Error struct{ Severity, Code, Message string }

func (e *Error) Error() string { return fmt.Sprintf("%s: %s (%s)", e.Severity, e.Message, e.Code) }

// Client is one connection. It is not for concurrent use.
type Client struct {
	Status byte // of the transaction: I, T or E
	PID    uint32
	Pause  time.Duration // after each answer: a pooler may go on with the server connection

	conn  net.Conn
	front *pgproto3.Frontend

	notifications []*pgproto3.NotificationResponse
}

// Connect opens a connection with the parameters of its startup packet, user
// and database among them.
func Connect(addr string, params map[string]string) (*Client, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	c := &Client{conn: conn, front: pgproto3.NewFrontend(conn, conn)}
	c.front.Send(&pgproto3.StartupMessage{ProtocolVersion: pgproto3.ProtocolVersion30, Parameters: params})
	if _, err := c.Ready(); err != nil {
		conn.Close()
		return nil, err
	}
	return c, nil
}

// Close ends the session as a client does that leaves in order.
func (c *Client) Close() {
	c.front.Send(&pgproto3.Terminate{})
	c.front.Flush()
	c.conn.Close()
}

// Query sends a simple Query and returns the rows of all its statements.
// COPY FROM STDIN is given no rows.
func (c *Client) Query(sql string) ([][]string, error) {
	c.front.Send(&pgproto3.Query{String: sql})
	return c.Ready()
}

// Value is the first column of the first row, "" where there is none.
func (c *Client) Value(sql string) (string, error) {
	rows, err := c.Query(sql)
	if err != nil || len(rows) == 0 || len(rows[0]) == 0 {
		return "", err
	}
	return rows[0][0], nil
}

// Send sends messages of the extended protocol without waiting.
func (c *Client) Send(messages ...pgproto3.FrontendMessage) {
	for _, m := range messages {
		c.front.Send(m)
	}
}

// Ready flushes what was sent and reads the answers up to ReadyForQuery. The
// error is the first that the server sent, or that of the connection.
func (c *Client) Ready() ([][]string, error) {
	var rows [][]string
	var failure error
	err := c.until(func(m pgproto3.BackendMessage) bool {
		switch m := m.(type) {
		case *pgproto3.DataRow:
			rows = append(rows, row(m))
		case *pgproto3.ErrorResponse:
			if failure == nil {
				failure = &Error{m.Severity, m.Code, m.Message}
			}
			return m.Severity == "FATAL"
		case *pgproto3.CopyInResponse:
			c.front.Send(&pgproto3.CopyDone{})
			c.front.Flush()
		case *pgproto3.BackendKeyData:
			c.PID = m.ProcessID
		case *pgproto3.ReadyForQuery:
			c.Status = m.TxStatus
			return true
		}
		return false
	})
	time.Sleep(c.Pause)
	if failure != nil {
		return rows, failure
	}
	return rows, err
}

// Hold has a pooler lend the client a server connection and not take it back:
// a message without Sync. Release gives it back.
func (c *Client) Hold() error {
	c.Send(&pgproto3.Parse{Query: "select 1"}, &pgproto3.Flush{})
	return c.until(func(m pgproto3.BackendMessage) bool {
		_, ok := m.(*pgproto3.ParseComplete)
		return ok
	})
}

// Release ends a Hold.
func (c *Client) Release() error {
	c.Send(&pgproto3.Sync{})
	_, err := c.Ready()
	return err
}

// Notifications are those that have arrived so far.
func (c *Client) Notifications() int { return len(c.notifications) }

func (c *Client) until(done func(pgproto3.BackendMessage) bool) error {
	if err := c.front.Flush(); err != nil {
		return err
	}
	c.conn.SetReadDeadline(time.Now().Add(Patience))
	for {
		m, err := c.front.Receive()
		if err != nil {
			return err
		}
		if n, ok := m.(*pgproto3.NotificationResponse); ok {
			c.notifications = append(c.notifications, n)
		}
		if done(m) {
			return nil
		}
	}
}

func row(m *pgproto3.DataRow) []string {
	values := make([]string, len(m.Values))
	for i, v := range m.Values {
		values[i] = strings.Clone(string(v))
	}
	return values
}
