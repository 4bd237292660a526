internal import Sluice
internal import SluiceReplay
internal import Synchronization

extension SimulationScript {
    /// Runs the script and records one connection of it, whether the run ends well or not.
    ///
    /// - Parameter number: The connection's number.
    /// - Returns: The journals of both its engines, each a file's bytes; empty where the connection wasn't reached. They hold
    ///   no secret that isn't in the script.
    public func journals(ofConnection number: Int) -> PerEnd<[UInt8]> {
        journals(ofConnection: number, sabotage: Sabotage())
    }

    package func journals(ofConnection number: Int, sabotage: Sabotage) -> PerEnd<[UInt8]> {
        let pages = PerEnd { _ in Page() }
        let recorders = PerEnd<(any TLSRecorder)?> { end in
            JournalRecorder(
                recordedBy: "sluice simulate --seed \(seed)",
                place: "connection \(number), \(end)",
                writingTo: pages[end].append
            )
        }
        do throws(SimulationFailure) {
            var run = try SimulationRun(
                self,
                recorders: { $0 == number ? recorders : PerEnd { _ in nil } },
                sabotage: sabotage
            )
            while try run.advance() {}
        } catch {
            // What was recorded up to the failure is what is wanted.
        }
        return PerEnd { pages[$0].bytes }
    }
}

/// A journal as it is written, in memory.
private final class Page: Sendable {
    private let text = Mutex<[UInt8]>([])

    var bytes: [UInt8] { text.withLock(\.self) }

    @Sendable func append(_ line: [UInt8]) {
        text.withLock { $0 += line }
    }
}
