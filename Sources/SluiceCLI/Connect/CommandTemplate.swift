import ArgumentParser
import SluicePreamble

/// The command line of `--exec`, in which `%h`, `%p` and `%%` stand for something as in ssh's ProxyCommand.
struct CommandTemplate {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    /// The command line for a peer.
    ///
    /// - Parameters:
    ///   - peer: Who was named beside it, if anybody.
    ///   - defaultPort: What stands for `%p` where no port was.
    /// - Returns: What the shell is given.
    /// - Throws: Where something isn't known, or isn't to be put into a shell's hands.
    func expanded(for peer: PeerArgument?, defaultPort: UInt16?) throws -> String {
        guard text.contains(where: { !$0.isWhitespace }) else { throw ValidationError("--exec needs a command") }
        var command = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            guard character == "%" else {
                command.append(character)
                continue
            }
            switch rest.popFirst() {
            case "%": command += "%"
            case "h": command += try host(of: peer)
            case "p": command += try port(of: peer, defaultPort)
            default: throw ValidationError("--exec: after % comes h, p or another %")
            }
        }
        return command
    }

    private func host(of peer: PeerArgument?) throws -> String {
        guard let peer else { throw ValidationError("--exec: %h stands for the host, and none is given") }
        // The shell takes more characters for its own than a host has.
        guard let host = PreambleHost(peer.host) else {
            throw ValidationError("--exec: \"\(peer.host)\" is no host name or address, so it can't stand for %h")
        }
        return "\(host)"
    }

    private func port(of peer: PeerArgument?, _ defaultPort: UInt16?) throws -> String {
        guard let port = peer?.port ?? defaultPort else {
            throw ValidationError("--exec: %p stands for the port, and none is given")
        }
        return "\(port)"
    }
}
