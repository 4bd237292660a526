/// Bugs that are planted to see that they are found.
package struct Sabotage: Sendable {
    /// Alters what an end sends, before the network has it: connection, sender, offset and bytes.
    package var ciphertext: (@Sendable (Int, End, UInt64, [UInt8]) -> [UInt8])?

    /// Alters what an end read: connection, reader, offset and bytes.
    package var plaintext: (@Sendable (Int, End, Int, [UInt8]) -> [UInt8])?

    /// None.
    package init() {}
}
