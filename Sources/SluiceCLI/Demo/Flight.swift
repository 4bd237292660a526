/// What one end said in one go.
struct Flight: Hashable {
    /// Who said it.
    let sender: Ladder.End
    /// The messages, or what the demo says of them.
    var contents: [String] = []
    /// Ciphertext.
    let byteCount: Int
    /// How many pieces it was cut into on its way.
    let pieceCount: Int
}
