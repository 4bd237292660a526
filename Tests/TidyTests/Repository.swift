import Foundation

/// The files of this package, as text.
enum Repository {
    struct File: CustomStringConvertible, Sendable {
        /// From the package's root: `Sources/Sluice/TLSEngine.swift`.
        let path: String
        let lines: [String]

        /// The lines without what follows `//`, so that words in comments don't count.
        var code: [String] { lines.map { $0.components(separatedBy: "//")[0] } }

        var description: String { path }
    }

    /// Files under any of these folders with this extension.
    static func files(under folders: [String], withExtension pathExtension: String) -> [File] {
        folders.flatMap { folder in
            (FileManager.default.enumerator(atPath: root + folder)?.allObjects as? [String] ?? [])
                .filter { $0.hasSuffix("." + pathExtension) }
                .sorted()
                .compactMap { file(folder + "/" + $0) }
        }
    }

    /// A file by its path, if it is there.
    static func file(_ path: String) -> File? {
        guard let data = FileManager.default.contents(atPath: root + path) else { return nil }
        let lines = String(decoding: data, as: UTF8.self).components(separatedBy: "\n")
        return File(path: path, lines: lines.last == "" ? lines.dropLast() : lines)
    }

    private static let root = String(#filePath.dropLast("Tests/TidyTests/Repository.swift".count))
}
