import Foundation
import SluicePOSIX

/// Both sides of a pseudo-terminal, the line's made raw.
struct ConnectedTerminal: ~Copyable {
    let controller: Descriptor
    let line: Descriptor
    /// Where the line is.
    let path: String

    init() throws {
        let number = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        // Whatever can throw comes before the first field (Swift 6.3).
        let controller = try Descriptor(owning: number)
        let path = try Self.linePath(of: number)
        let line = try SerialLine.open(path, baudRate: 115_200)
        self.controller = controller
        self.line = line
        self.path = path
    }

    /// Gives the controller away. The line may be opened again by its path.
    consuming func takeController() -> Descriptor { controller }

    /// Unlocks the line and tells its path, as `unlockpt` and `ptsname` do, which Swift doesn't see on Linux.
    private static func linePath(of controller: CInt) throws -> String {
        #if os(Linux)
            var (isLocked, number): (CInt, CInt) = (0, 0)
            let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)  // TIOCSPTLCK, TIOCGPTN
            guard ioctl(controller, setLock, &isLocked) == 0, ioctl(controller, getNumber, &number) == 0 else {
                throw POSIXError(.ENOTTY)
            }
            return "/dev/pts/\(number)"
        #else
            guard grantpt(controller) == 0, unlockpt(controller) == 0, let name = ptsname(controller) else {
                throw POSIXError(.ENOTTY)
            }
            return String(cString: name)
        #endif
    }
}
