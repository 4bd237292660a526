import Sluice
import SluicePOSIX

/// Carries plaintext between an engine and a service, and holds at most one piece each way.
///
///     engine ──► toService ──► service
///     engine ◄── toClient ◄── service
struct PlaintextFlow {
    private var service: any Service
    private var toService: ArraySlice<UInt8> = []
    private var toClient: ArraySlice<UInt8> = []
    private var isFinishing = false
    private var isEndTold = false

    /// Whether the service has ended, and the engine has all that it gave.
    private(set) var isEnded = false

    /// Begins with a service.
    init(to service: any Service) {
        self.service = service
    }

    /// Moves what can be moved now. Returns whether anything was.
    mutating func move(through engine: inout TLSEngine) throws -> Bool {
        let isHeard = try hear(from: &engine)
        let isSaid = try say(to: &engine)
        return isHeard || isSaid
    }

    private mutating func hear(from engine: inout TLSEngine) throws -> Bool {
        var isMoved = false
        if toService.isEmpty, !isFinishing {
            toService = try engine.read()[...]
            isMoved = !toService.isEmpty
        }
        if !toService.isEmpty {
            let count = try service.take(toService)
            toService = toService.dropFirst(count)
            isMoved = isMoved || count > 0
        }
        if toService.isEmpty, !isEndTold, isFinishing || engine.isPeerClosed {
            service.takeEnd()
            isEndTold = true
            isMoved = true
        }
        return isMoved
    }

    private mutating func say(to engine: inout TLSEngine) throws -> Bool {
        if toClient.isEmpty, !isEnded {
            switch try service.give() {
            case .bytes(let bytes): toClient = bytes[...]
            case .nothingYet: break
            case .end: isEnded = true
            }
        }
        guard !toClient.isEmpty else { return false }
        let count = try engine.write(Array(toClient))
        toClient = toClient.dropFirst(count)
        return count > 0
    }

    /// Reads no more of what the client says: what the service took is answered in full, and that is all.
    mutating func finish() {
        isFinishing = true
    }

    /// Adds what the service waits for, where the engine and the client have left it something to do.
    func addInterests(to poll: inout Poll) {
        var interests: Readiness = []
        if toClient.isEmpty, !isEnded { interests.insert(.readable) }
        if !toService.isEmpty { interests.insert(.writable) }
        service.addInterests(interests, to: &poll)
    }

    /// Lets the service end, because its client is gone.
    mutating func abandon() {
        toService = []
        if !service.isGone() { service.abandon() }
    }

    /// Whether nothing is left of the service.
    mutating func isGone() -> Bool { service.isGone() }

    /// When to call ``expire()``.
    var deadline: Deadline { service.deadline }

    /// Looks whether the service should have ended by now.
    mutating func expire() {
        if service.deadline.isPassed { service.expire() }
    }

    /// What is to be told of the service's end, if anything.
    var endWords: String? { service.endWords }
}
