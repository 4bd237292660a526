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
            if error.code == .fileTooLarge { throw error }
            // A name that isn't UTF-8 became another on its way here, with this in the place of what couldn't be read.
            if error.code == .fileNotFound, path.contains("\u{fffd}") {
                throw TransportError(.fileNotFound, "read \(path): no such file, or its name isn't UTF-8: rename it")
            }
            throw error.of("read \(path)")
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

    /// Makes a file that only its owner may read (mode 0600), to append to.
    ///
    /// - Throws: `fileExists` where there is one.
    package static func createSecret(_ path: String) throws(TransportError) -> Descriptor {
        do throws(TransportError) {
            return Descriptor(file: try SystemCalls.openFile(path, flags: O_WRONLY | O_APPEND | O_CREAT | O_EXCL))
        } catch {
            throw error.code == .fileExists ? occupied(path) : error.of("make \(path)")
        }
    }

    /// Makes a file that only its owner may read (mode 0600): whole or not at all.
    ///
    /// - Throws: `fileExists` where there is one; it isn't touched.
    package static func create(_ path: String, withSecret bytes: [UInt8]) throws(TransportError) {
        let file = try createSecret(path)
        do throws(TransportError) {
            try file.writeAll(bytes)
        } catch {
            SystemCalls.removeFile(path)
            throw error.of("write \(path)")
        }
    }

    /// Finds out early whether a file could be made.
    ///
    /// - Throws: `fileExists` where there is one, `fileNotFound` where its directory isn't there.
    package static func checkIsNew(_ path: String) throws(TransportError) {
        if SystemCalls.isThere(path) { throw occupied(path) }
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        guard isDirectory(folder), !path.isEmpty else {
            throw TransportError(.fileNotFound, "make \(path): there is no directory \(folder)")
        }
    }

    private static func occupied(_ path: String) -> TransportError {
        TransportError(.fileExists, "make \(path): it is there already; name another file, or remove it")
    }

    /// Opens a file that is there, to append to.
    package static func openToAppend(_ path: String) throws(TransportError) -> Descriptor {
        Descriptor(file: try SystemCalls.openFile(path, flags: O_WRONLY | O_APPEND))
    }

    /// Makes a directory that only its owner may enter (mode 0700), where there is none.
    package static func makeSecretDirectory(_ path: String) throws(TransportError) {
        if !isDirectory(path) { try SystemCalls.makeDirectory(path) }
    }

    /// Whether there is a directory at a path.
    package static func isDirectory(_ path: String) -> Bool {
        SystemCalls.isDirectory(path)
    }

    /// The names in a directory, in no order.
    package static func names(in directory: String) throws(TransportError) -> [String] {
        try SystemCalls.names(in: directory)
    }

    /// Sets the permissions of a file, a socket's too.
    package static func setMode(_ mode: UInt16, of path: String) throws(TransportError) {
        try SystemCalls.setMode(mode, of: path)
    }

    /// Removes a file that may not be there.
    package static func remove(_ path: String) {
        SystemCalls.removeFile(path)
    }

    /// What a file is like now, or the one that a link there leads to; nil if nothing is.
    package static func stamp(of path: String) -> FileStamp? {
        SystemCalls.stamp(ofPath: path)
    }

    /// The paths of all files below a directory whose names end in `suffix`, sorted. Links to directories aren't followed,
    /// so that a tree has an end, and pipes, sockets and devices are left out, as they may have none. A link to nowhere is
    /// listed: whoever reads it is told.
    ///
    /// - Throws: ``TransportError`` with the directory that can't be listed; `fileTooLarge` beyond `countMax` files and
    ///   directories.
    package static func paths(
        below directory: String,
        endingIn suffix: String,
        countMax: Int = Files.treeCountMax
    ) throws(TransportError) -> [String] {
        var found: [String] = []
        var directories = [directory]
        var count = 0
        while let directory = directories.popLast() {
            let prefix = directory.hasSuffix("/") ? directory : directory + "/"
            for name in try SystemCalls.names(in: directory) {
                count += 1
                guard count <= countMax else {
                    throw TransportError(.fileTooLarge, "list \(directory): there are more than \(countMax) files")
                }
                if SystemCalls.isDirectoryItself(prefix + name) {
                    directories.append(prefix + name)
                } else if name.hasSuffix(suffix), !SystemCalls.isNoFile(prefix + name) {
                    found.append(prefix + name)
                }
            }
        }
        return found.sorted()
    }

    /// More than anybody keeps in a tree that is replayed in one go; it ends a walk of the whole disk by mistake.
    package static let treeCountMax = 1_000_000

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
