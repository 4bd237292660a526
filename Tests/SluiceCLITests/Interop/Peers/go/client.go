package main

import (
	"crypto/tls"
	"io"
	"net"
)

func connect(s settings) {
	c := configuration(s)
	c.ClientSessionCache = tls.NewLRUClientSessionCache(0)
	for i := 0; i < s.number("times", 1); i++ {
		transport, err := net.Dial("tcp", s["connect"])
		if err != nil {
			fatal(err)
		}
		watched := &watchedEnd{Conn: transport, plain: s.isPlain()}
		if s.isPlain() {
			converse(watched, transport.(*net.TCPConn), s)
		} else {
			converse(watched, tls.Client(watched, c), s)
		}
	}
}

func converse(transport *watchedEnd, connection stream, s settings) {
	defer transport.Close()
	if !begin(connection) {
		return
	}
	in, count := newIntake(), s.number("bytes", 0)
	switch s["does"] {
	case "echo":
		go writePattern(connection, count)
		_, err := io.CopyN(in, connection, int64(count))
		if err == nil {
			err = connection.CloseWrite()
		}
		if err == nil {
			_, err = io.Copy(in, connection)
		}
		in.reportEnd(transport, err)
	case "digest":
		err := writePattern(connection, count)
		if err == nil {
			err = connection.CloseWrite()
		}
		if err == nil {
			_, err = io.Copy(in, connection)
		}
		in.reportEnd(transport, err)
	case "send":
		_, err := io.Copy(in, connection)
		connection.Close()
		in.reportEnd(transport, err)
	case "vanish":
		writePattern(connection, count)
	}
}
