import Fixtures

extension Program {
    /// Runs `sluice connect` to a port of this machine, trusting the test root, until it ends.
    static func connect(
        to port: String,
        _ arguments: [String] = [],
        host: String = "localhost",
        trusting root: String? = Fixtures.path("root.pem"),
        input: [UInt8] = [],
        environment: [String: String?] = [:]
    ) throws -> Outcome {
        let trust = root.map { ["--ca", $0] } ?? []
        let program = try sluice(["connect", "\(host):\(port)"] + trust + arguments, environment: environment)
        program.write(input)
        program.closeInput()
        return try program.finish()
    }
}

/// Bytes without a pattern that a shift would leave the same.
func pattern(_ count: Int) -> [UInt8] {
    var state: UInt32 = 1
    return (0..<count).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return UInt8(truncatingIfNeeded: state >> 24)
    }
}
