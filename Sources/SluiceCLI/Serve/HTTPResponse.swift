/// A response of HTTP/1.1 with a text body.
struct HTTPResponse {
    /// Code and phrase: `200 OK`.
    let status: String
    /// Plain text.
    let body: String
    /// Whether the client may send another request.
    let isKeptAlive: Bool

    /// The response on the wire; for HEAD without the body, whose length is told all the same.
    func bytes(omittingBody isBodyOmitted: Bool = false) -> [UInt8] {
        let head = """
            HTTP/1.1 \(status)\r
            Server: sluice\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Length: \(body.utf8.count)\r
            Connection: \(isKeptAlive ? "keep-alive" : "close")\r
            \r

            """
        return Array(head.utf8) + (isBodyOmitted ? [] : Array(body.utf8))
    }
}
