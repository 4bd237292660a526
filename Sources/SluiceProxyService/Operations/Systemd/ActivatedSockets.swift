internal import SluicePOSIX

/// Sockets that systemd opened for the service and handed to it (sd_listen_fds(3)): ports that an unprivileged user may
/// not take, and that stay while the service is started anew.
package struct ActivatedSockets: Hashable, Sendable {
    /// The sockets, in the order of the unit.
    package let sockets: [Socket]

    /// One of them.
    package struct Socket: Hashable, Sendable {
        /// Its descriptor, which the taker owns: from 3.
        package let descriptor: Int32
        /// What the unit calls it (`FileDescriptorName=`); its own name if it says nothing.
        package let name: String
    }

    /// The sockets of that name, in their order.
    package func named(_ name: String) -> [Socket] {
        sockets.filter { $0.name == name }
    }

    /// Takes what the process was started with. Do it once, before there is a second thread and before anything is opened:
    /// the variables are gone afterwards, so that no child takes them for its own.
    ///
    /// - Parameter first: The number of the first one; systemd's own but in tests.
    /// - Returns: The sockets; none if it was started without.
    /// - Throws: ``ActivationError`` where the variables, or what they tell of, can't be right.
    package static func take(from first: Int32 = systemdFirst) throws(ActivationError) -> ActivatedSockets {
        // The last one is newer than sd_listen_fds(3) of 2022, and says the same as the first in another way.
        let names = ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "LISTEN_PIDFDID"]
        let variables = names.reduce(into: [:]) { $0[$1] = EnvironmentVariable.value(of: $1) }
        for name in names { EnvironmentVariable.remove(name) }
        let activated = try ActivatedSockets(variables: variables, processID: ThisProcess.id, first: first)
        for socket in activated.sockets {
            guard InheritedDescriptors.isListening(socket.descriptor) else {
                throw ActivationError("descriptor \(socket.descriptor) (\(socket.name)) is no socket that listens")
            }
            InheritedDescriptors.keepFromPrograms(socket.descriptor)
        }
        return activated
    }

    /// The number of the first descriptor behind the standard ones (`SD_LISTEN_FDS_START`).
    package static let systemdFirst: Int32 = 3

    /// What the variables say. None if they are meant for another process.
    ///
    /// - Parameters:
    ///   - variables: By name.
    ///   - processID: Of this process.
    ///   - first: The number of the first descriptor.
    /// - Throws: ``ActivationError`` where they can't be right.
    package init(
        variables: [String: String],
        processID: Int32,
        first: Int32 = systemdFirst
    ) throws(ActivationError) {
        guard let process = variables["LISTEN_PID"], let digits = variables["LISTEN_FDS"] else {
            sockets = []
            return
        }
        guard let meant = Int32(process) else { throw ActivationError("LISTEN_PID=\(process) is no process") }
        guard meant == processID else {
            sockets = []
            return
        }
        guard let count = Int(digits), (0...OperationsLimits.activatedSocketsMax).contains(count) else {
            let max = OperationsLimits.activatedSocketsMax
            throw ActivationError("LISTEN_FDS=\(digits) isn't a number of sockets, 0 to \(max)")
        }
        let names = variables["LISTEN_FDNAMES"]
            .map { $0.split(separator: ":", omittingEmptySubsequences: false).map(String.init) }
        if let names, names.count != count, count > 0 {
            throw ActivationError("LISTEN_FDNAMES has \(names.count) names for \(count) sockets")
        }
        sockets = (0..<count).map { Socket(descriptor: first + Int32($0), name: names?[$0] ?? "unknown") }
    }
}

/// What is wrong with the sockets that the process was started with.
package struct ActivationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Words for a log.
    package let description: String

    init(_ words: String) {
        description = words
    }
}
