#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

// Terminals and serial lines.

extension SystemCalls {
    /// Opens a terminal device that doesn't become this process's own, without waiting for a carrier (`open`).
    static func openTerminal(_ path: String) throws(TransportError) -> CInt {
        try openFile(path, flags: O_RDWR | O_NOCTTY | O_NONBLOCK)
    }

    /// Whether this process has a terminal (`open` of `/dev/tty`).
    static func hasControllingTerminal() -> Bool {
        guard let descriptor = try? openTerminal("/dev/tty") else { return false }
        closeDescriptor(descriptor)
        return true
    }

    /// Makes a terminal carry bytes as they are (`tcgetattr`, `cfmakeraw`, `tcsetattr`).
    static func makeRaw(_ descriptor: CInt, baudRate: Int?) throws(TransportError) {
        var settings = termios()
        _ = try retry("read a terminal's settings") { unsafe tcgetattr(descriptor, &settings) }
        unsafe cfmakeraw(&settings)
        // A modem's lines are of no interest, and the receiver is on.
        settings.c_cflag |= tcflag_t(CLOCAL | CREAD)
        if let baudRate {
            guard let speed = speeds[baudRate] else {
                let known = speeds.keys.sorted().map(String.init).joined(separator: ", ")
                throw TransportError(.invalidArgument, "set \(baudRate) baud: known are \(known)")
            }
            _ = try retry("set the speed of a terminal") { unsafe cfsetspeed(&settings, speed) }
        }
        _ = try retry("change a terminal's settings") { unsafe tcsetattr(descriptor, TCSANOW, &settings) }
    }

    /// The rates by bits a second that every system has (termios(3)).
    private static let speeds: [Int: speed_t] = [
        300: speed_t(B300), 1200: speed_t(B1200), 2400: speed_t(B2400), 4800: speed_t(B4800),
        9600: speed_t(B9600), 19_200: speed_t(B19200), 38_400: speed_t(B38400), 57_600: speed_t(B57600),
        115_200: speed_t(B115200), 230_400: speed_t(B230400),
    ]
}
