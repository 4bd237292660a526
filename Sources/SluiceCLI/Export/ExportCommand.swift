import ArgumentParser
import Sluice
import SluicePOSIX
import SluiceReplay

/// `sluice export`: a journal for other programs.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a recorded connection as a packet capture.",
        discussion: """
            The bytes that crossed are put into a TCP connection from 192.0.2.1 to port 443 of 192.0.2.2, addresses that \
            are for documentation. Each packet has the entry of the journal that it comes from as its comment, and the \
            file has the keys: Wireshark opens it decrypted. It holds secrets, so only its owner may read it (mode 0600).

            EXAMPLES
              sluice export shop.journal --pcapng shop.pcapng
              tshark -r shop.pcapng -q -z follow,tls,ascii,0

            EXIT CODES
               0  the capture is made
               5  it can't be written: no file is left
              64  the journal can't be read, or the capture not be made
            """
    )

    @Argument(help: ArgumentHelp("A journal, as --record makes them.", valueName: "file"))
    var path: String

    @Option(help: ArgumentHelp("The capture to make; there must be no such file yet.", valueName: "file"))
    var pcapng: String

    func run() throws {
        try Console.reporting {
            let console = Console(isQuiet: false)
            let journal = try JournalFile(reading: path).journal
            let transcript = Transcript(of: journal)
            let bytes = ExportedConversation(of: journal, transcript).pcapng
            try Files.create(pcapng, withSecret: bytes)
            if transcript.repetition != .same {
                let reason = TranscriptFacts.repetition(transcript)
                console.note("some keys may be missing, as the connection came out \(reason)")
            }
            console.note("\(pcapng) holds secrets: the keys of the connection")
        }
    }
}
