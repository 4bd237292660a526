import CLoop

/// The limit: plain C on the same libssl.
final class CLoopPeer: Peer {
    let name = "C loop"
    private let loop: OpaquePointer

    init(_ material: Material) {
        loop = cloop_new(material.chain, material.key, material.chain, Material.host)
    }

    deinit {
        cloop_free(loop)
    }

    func handshakes(_ count: Int) -> Int {
        cloop_handshakes(loop, count)
    }

    func bulk(totalBytes: Int, writeBytes: Int) -> Int {
        cloop_bulk(loop, totalBytes, writeBytes)
    }
}
