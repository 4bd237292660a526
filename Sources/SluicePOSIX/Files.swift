#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Files of a command line: certificates and keys to read, and secrets to keep.
package enum Files {
    /// Reads a whole file, or a pipe to its end.
    ///
    /// - Throws: ``TransportError`` with the path; `fileTooLarge` beyond `bytesMax`.
    package static func read(_ path: String, bytesMax: Int = Files.bytesMax) throws(TransportError) -> [UInt8] {
        do throws(TransportError) {
            let file = Descriptor(file: try SystemCalls.openFile(path, flags: O_RDONLY))
            var bytes: [UInt8] = []
            while true {
                let (result, more) = try file.read(atMost: 65_536)
                guard case .moved = result else { return bytes }
                bytes += more
                if bytes.count > bytesMax {
                    throw TransportError(.fileTooLarge, "read \(path): it has more than \(bytesMax) bytes")
                }
            }
        } catch {
            throw error.code == .fileTooLarge ? error : error.of("read \(path)")
        }
    }

    /// Writes a file that only its owner may read (mode 0600), in the place of the one before: whole or not at all.
    package static func replace(_ path: String, withSecret bytes: [UInt8]) throws(TransportError) {
        do throws(TransportError) {
            let (number, temporary) = try SystemCalls.makeTemporaryFile(prefix: path)
            do throws(TransportError) {
                try Descriptor(file: number).writeAll(bytes)
                try SystemCalls.renameFile(temporary, to: path)
            } catch {
                SystemCalls.removeFile(temporary)
                throw error
            }
        } catch {
            throw error.of("write \(path)")
        }
    }

    /// Opens a file that only its owner may read (mode 0600 if it is new), to append to.
    package static func openSecretLog(_ path: String) throws(TransportError) -> Descriptor {
        Descriptor(file: try SystemCalls.openFile(path, flags: O_WRONLY | O_APPEND | O_CREAT))
    }

    /// Whether there is a directory at a path.
    package static func isDirectory(_ path: String) -> Bool {
        SystemCalls.isDirectory(path)
    }

    /// More than any chain, key or list of roots has: Debian's whole list is 220 KB.
    package static let bytesMax = 16 * 1024 * 1024
}

extension Descriptor {
    /// Writes all of the bytes to something that never asks to wait: a file.
    package borrowing func writeAll(_ bytes: [UInt8]) throws(TransportError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard case .moved(let count) = try write(rest), count > 0 else {
                throw TransportError(.failed, "write all of \(bytes.count) bytes")
            }
            rest = rest.dropFirst(count)
        }
    }
}
