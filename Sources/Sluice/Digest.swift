internal import SluiceOpenSSL

/// SHA-256 of some bytes, for what is built on engines and has no business behind the fence.
package func digest(of bytes: [UInt8]) -> [UInt8] {
    sha256(of: bytes)
}
