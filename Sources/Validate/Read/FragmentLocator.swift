import Diagnostics
import RouteSyntax

/// Finds the fragments that `config_dir` names.
struct FragmentLocator {
    /// A file below `config_dir`.
    struct Fragment {
        /// As the user would give it: behind the folder of the main file's path.
        let path: String
        /// Relative to the main file's folder.
        let shownName: String
        /// The value of `config_dir`.
        let range: SourceRange
    }

    let mainPath: String
    private(set) var hasUnreadableFile = false

    init(mainPath: String) { self.mainPath = mainPath }

    /// The fragments by name (bytes of UTF-8), or none if there is no `config_dir`.
    ///
    /// What is wrong with the type of `config_dir` is left to the decoder, which sees it again.
    mutating func fragments<Files: FileSource>(
        of tree: Node, in files: Files, into sink: inout DiagnosticSink
    ) -> [Fragment] {
        guard case .mapping(let entries) = tree.kind,
            let value = entries.first(where: { $0.key.text == "config_dir" })?.value,
            case .scalar(let scalar) = value.kind, !scalar.isNull, !scalar.isUnresolved,
            !scalar.text.isEmpty
        else { return [] }
        let folder = Self.withoutTrailingSlashes(scalar.text)
        let folderPath = folder.hasPrefix("/") ? folder : Self.folderPrefix(of: mainPath) + folder
        let names: [String]
        do throws(FileSourceError) {
            names = try files.names(inDirectory: folderPath)
        } catch {
            hasUnreadableFile = true
            sink.error(
                .unreadableFile, at: value.range,
                "the directory `\(folderPath)` can't be read: \(error.reason)",
                suggestion: "`config_dir` is relative to the folder of the main file")
            return []
        }
        let fragments = names.filter { name in
            !name.hasPrefix(".") && (name.hasSuffix(".yaml") || name.hasSuffix(".yml"))
        }
        guard fragments.count <= ConfigurationReader.fragmentCountMax else {
            let limit = ConfigurationReader.fragmentCountMax
            sink.error(
                .outOfRange, at: value.range,
                "`\(folderPath)` has \(fragments.count) fragments; at most \(limit) are read")
            return []
        }
        // Absolute paths stay out of the table: the same input must give the same bytes anywhere.
        let shownFolder = folder.hasPrefix("/") ? Self.lastComponent(of: folder) : folder
        return fragments.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { name in
            Fragment(
                path: "\(folderPath == "/" ? "" : folderPath)/\(name)",
                shownName: "\(shownFolder)/\(name)", range: value.range)
        }
    }

    /// The part of a path behind its last slash.
    static func lastComponent(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// The part of a path up to and including its last slash.
    static func folderPrefix(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return String(path[...slash])
    }

    private static func withoutTrailingSlashes(_ path: String) -> String {
        var result = path
        while result.count > 1, result.hasSuffix("/") { result.removeLast() }
        while result.hasPrefix("./") { result.removeFirst(2) }
        return result.isEmpty ? "." : result
    }
}
