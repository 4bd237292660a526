import Testing

/// Expects something of an engine: `#expect` takes calls on what isn't copyable apart, and then can't make them.
func expect(_ isTrue: Bool, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(isTrue, sourceLocation: sourceLocation)
}
