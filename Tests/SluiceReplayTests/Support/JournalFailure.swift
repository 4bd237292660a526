import SluiceReplay
import Testing

/// Expects a `JournalError` of one code at one place, whatever its words.
func expect<R>(
    _ code: JournalError.Code,
    line: Int = 1,
    column: Int,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> R
) {
    do {
        _ = try body()
        Issue.record("nothing was thrown, expected \(code)", sourceLocation: sourceLocation)
    } catch let error as JournalError {
        #expect(
            error.code == code && error.line == line && error.column == column,
            "\(error)",
            sourceLocation: sourceLocation
        )
    } catch {
        Issue.record("\(error) was thrown, expected \(code)", sourceLocation: sourceLocation)
    }
}
