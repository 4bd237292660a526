import ArgumentParser
import Sluice
import SluicePOSIX
import SluiceReplay

/// `sluice inspect`: what is in a journal, drawn.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what happened on a recorded connection.",
        discussion: """
            The drawing has each flight with its messages and their sizes in bytes, what the hellos say, how much \
            application data is inside, and what the recorded end did. The numbers on the left are entries, from 0; entry 0 \
            is line 2 of the journal. The engine is made again to see inside the encrypted records; where it comes \
            to something else, with another OpenSSL for instance, what is recorded is shown all the same.

            EXAMPLES
              sluice inspect shop.journal
              sluice inspect shop.journal --hex | less
              sluice inspect shop.journal --json | jq .summary

            EXIT CODES
               0  it is shown, whatever became of the connection
               5  standard output can't be written, or nobody reads it
              64  the journal can't be read
            """
    )

    @Argument(help: ArgumentHelp("A journal, as --record makes them.", valueName: "file"))
    var path: String

    @Flag(help: "Show the bytes of each piece, as they crossed.")
    var hex = false

    @Flag(help: "One line of JSON instead of the drawing.")
    var json = false

    func validate() throws {
        if hex, json { throw ValidationError("--hex and --json exclude each other.") }
    }

    func run() throws {
        try Console.reporting {
            let file = try JournalFile(reading: path)
            let transcript = Transcript(of: file.journal)
            if json {
                try StandardStreams.print(TranscriptReport(of: file, transcript).json.line)
            } else {
                let drawing = TranscriptDrawing(of: file, transcript, showsBytes: hex)
                try StandardStreams.print(drawing.text)
            }
        }
    }
}
