import NIOCore
import NIOWebSocket
import SluiceAsync

/// Carries the bytes of `withTLS` in the binary frames of a WebSocket, each as long as it happens to be.
///
/// It answers pings. A close frame, or the end of the connection, is the end of the bytes.
final class WebSocketTransport: AsyncByteTransport {
    /// Who sends the frames: a client must mask them, RFC 6455 §5.3.
    enum Role: Sendable {
        case client, server
    }

    private let frames: Frames
    private let channel: any Channel
    private let role: Role

    /// Takes over what a WebSocket reads and writes, inside its `executeThenClose`.
    init(
        _ channel: NIOAsyncChannel<WebSocketFrame, WebSocketFrame>,
        inbound: NIOAsyncChannelInboundStream<WebSocketFrame>,
        as role: Role
    ) {
        self.channel = channel.channel
        self.role = role
        frames = Frames(inbound)
    }

    func receive(atMost countMax: Int) async throws -> [UInt8] {
        while let frame = try await frames.next() {
            switch frame.opcode {
            case .binary, .continuation:
                // Frames are whole chunks: what isn't wanted yet is kept by the stream. An empty one would be the end.
                let bytes = Array(frame.unmaskedData.readableBytesView)
                if !bytes.isEmpty { return bytes }
            case .ping: try await write(.pong, frame.unmaskedData)
            case .connectionClose: return []
            default: break
            }
        }
        return []
    }

    func send(_ bytes: [UInt8]) async throws {
        for start in stride(from: 0, to: bytes.count, by: frameBytesMax) {
            let end = min(start + frameBytesMax, bytes.count)
            try await write(.binary, ByteBuffer(bytes: bytes[start..<end]))
        }
    }

    func close() async {
        try? await write(.connectionClose, ByteBuffer(integer: UInt16(1000)))
        try? await channel.close()
    }

    /// Waits until the frame is with the socket, so that the writer waits for a slow peer.
    private func write(_ opcode: WebSocketOpcode, _ data: ByteBuffer) async throws {
        let mask = role == .client ? WebSocketMaskingKey.random() : nil
        let frame = WebSocketFrame(fin: true, opcode: opcode, maskKey: mask, data: data)
        try await withTaskCancellationHandler {
            try await channel.writeAndFlush(frame)
        } onCancel: {
            channel.close(promise: nil)
        }
    }
}

/// The most bytes in a frame, both ways: what NIOWebSocket takes unless it is told otherwise.
let frameBytesMax = 1 << 14

/// The one iterator of a channel's frames. `withTLS` waits for one receive at a time.
private actor Frames {
    private var iterator: NIOAsyncChannelInboundStream<WebSocketFrame>.AsyncIterator

    init(_ frames: NIOAsyncChannelInboundStream<WebSocketFrame>) {
        iterator = frames.makeAsyncIterator()
    }

    func next() async throws -> WebSocketFrame? {
        var iterator = iterator
        return try await iterator.next(isolation: #isolation)
    }
}
