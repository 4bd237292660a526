import Fixtures
import Foundation

extension Program {
    /// Starts the `sluice` that was built with the tests.
    static func sluice(_ arguments: String..., environment: [String: String?] = [:]) throws -> Program {
        try sluice(arguments, environment: environment)
    }

    /// Starts the `sluice` that was built with the tests, with key logging off unless the test asks for it.
    static func sluice(_ arguments: [String], environment: [String: String?] = [:]) throws -> Program {
        let quiet: [String: String?] = [
            "SSLKEYLOGFILE": nil, "SLUICE_PASSPHRASE": nil, "SLUICE_PROXY_CREDENTIALS": nil,
        ]
        return try Program(sluicePath, arguments, environment: quiet.merging(environment) { $1 })
    }

    /// Runs a `sluice` that needs no input, to its end.
    static func runSluice(_ arguments: String..., input: [UInt8] = []) throws -> Outcome {
        try runSluice(arguments, input: input)
    }

    /// Runs a `sluice` that needs no input, to its end.
    static func runSluice(_ arguments: [String], input: [UInt8] = []) throws -> Outcome {
        let program = try sluice(arguments)
        program.write(input)
        program.closeInput()
        return try program.finish()
    }

    /// Where `sluice` is: beside the fixtures' bundle, in the folder of build products.
    static var sluicePath: String {
        let fixtures = URL(fileURLWithPath: Fixtures.directory)
        return fixtures.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("sluice").path
    }
}
