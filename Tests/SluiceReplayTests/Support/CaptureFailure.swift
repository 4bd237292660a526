import SluiceReplay
import Testing

/// Expects a `CaptureError` of one code at one byte, whatever its words.
func expect<R>(
    _ code: CaptureError.Code,
    at offset: Int,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> R
) {
    do {
        _ = try body()
        Issue.record("nothing was thrown, expected \(code)", sourceLocation: sourceLocation)
    } catch let error as CaptureError {
        #expect(error.code == code && error.offset == offset, "\(error)", sourceLocation: sourceLocation)
    } catch {
        Issue.record("\(error) was thrown, expected \(code)", sourceLocation: sourceLocation)
    }
}
