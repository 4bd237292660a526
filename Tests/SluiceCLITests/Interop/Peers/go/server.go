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
			watched := &watchedEnd{Conn: transport}
			answers.Add(1)
			go func() {
				defer answers.Done()
				answer(watched, tls.Server(watched, c), s)
			}()
		}
	}()
	io.Copy(io.Discard, os.Stdin)
	answers.Wait()
}

func answer(transport *watchedEnd, connection *tls.Conn, s settings) {
	defer transport.Close()
	if err := connection.Handshake(); err != nil {
		reportFailure(err)
		return
	}
	reportHandshake(connection)
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
		connection.Write(pattern(s.number("bytes", 0)))
		connection.CloseWrite()
		_, err := io.Copy(in, connection)
		in.reportEnd(transport, err)
	case "vanish":
		connection.Write(pattern(s.number("bytes", 0)))
	}
}
