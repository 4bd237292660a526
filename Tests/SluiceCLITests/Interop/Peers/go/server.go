package main

import (
	"crypto/tls"
	"io"
	"net"
	"os"
	"strconv"
	"sync"
)

func serve(s settings) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fatal(err)
	}
	report("listening", "port", strconv.Itoa(listener.Addr().(*net.TCPAddr).Port))
	c := configuration(s)
	var answers sync.WaitGroup
	go func() {
		for {
			transport, err := listener.Accept()
			if err != nil {
				return
			}
			watched := &watchedEnd{Conn: transport, plain: s.isPlain()}
			answers.Add(1)
			go func() {
				defer answers.Done()
				if s.isPlain() {
					answer(watched, transport.(*net.TCPConn), s)
				} else {
					answer(watched, tls.Server(watched, c), s)
				}
			}()
		}
	}()
	io.Copy(io.Discard, os.Stdin)
	answers.Wait()
}

func answer(transport *watchedEnd, connection stream, s settings) {
	defer transport.Close()
	if !begin(connection) {
		return
	}
	in := newIntake()
	switch s["does"] {
	case "echo":
		_, err := io.Copy(io.MultiWriter(connection, in), connection)
		connection.Close()
		in.reportEnd(transport, err)
	case "digest":
		_, err := io.Copy(in, connection)
		io.WriteString(connection, in.sum())
		connection.Close()
		in.reportEnd(transport, err)
	case "send":
		writePattern(connection, s.number("bytes", 0))
		connection.CloseWrite()
		_, err := io.Copy(in, connection)
		in.reportEnd(transport, err)
	case "vanish":
		writePattern(connection, s.number("bytes", 0))
	}
}
