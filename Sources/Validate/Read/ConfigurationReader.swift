import Diagnostics
package import RouteSyntax

/// Reads a configuration: the main file, its fragments, and what they mean together.
package enum ConfigurationReader {
    /// Most fragments that one configuration may have.
    package static let fragmentCountMax = 10_000

    /// Reads and validates.
    ///
    /// All problems of all files are found in one run: a file that is not YAML does not keep the others
    /// from being checked.
    ///
    /// - Parameters:
    ///   - path: The main file, as the user gave it; diagnostics name it so.
    ///   - files: Reads the files.
    ///   - environment: What `${NAME}` stands for.
    ///   - endsSoon: The process ends soon, so memory is not given back before.
    /// - Throws: If the main file can't be read.
    package static func read<Files: FileSource>(
        _ path: String, from files: Files, environment: Environment, endsSoon: Bool = false
    ) throws(FileSourceError) -> ValidationResult {
        let limit = SyntaxLimits.fileByteCountMax
        let main = SourceText(
            name: path, bytes: try files.contents(ofFile: path, byteCountMax: limit))
        var sources = SourceList()
        var sink = DiagnosticSink()
        let mainFile = sources.add(main)
        var trees: [Node] = []
        var shownNames = [FragmentLocator.lastComponent(of: path)]
        var hasUnreadableFile = false

        if let tree = SyntaxReader.read(main, as: mainFile, environment: environment, into: &sink) {
            trees.append(tree)
            var locator = FragmentLocator(mainPath: path)
            let fragments = locator.fragments(of: tree, in: files, into: &sink)
            hasUnreadableFile = locator.hasUnreadableFile
            for fragment in fragments {
                let source: SourceText
                do throws(FileSourceError) {
                    let bytes = try files.contents(ofFile: fragment.path, byteCountMax: limit)
                    source = SourceText(name: fragment.path, bytes: bytes)
                } catch {
                    hasUnreadableFile = true
                    sink.error(
                        .unreadableFile, at: fragment.range,
                        "the fragment `\(fragment.path)` can't be read: \(error.reason)")
                    continue
                }
                let file = sources.add(source)
                shownNames.append(fragment.shownName)
                let tree = SyntaxReader.read(
                    source, as: file, environment: environment, into: &sink)
                if let tree { trees.append(tree) }
            }
        }

        var decoder = ConfigurationDecoder(sink: sink)
        var configuration = decoder.decode(trees, files: shownNames)
        let areBodiesRead = BodyFiles.load(
            into: &configuration.fallbackAnswers, from: files, mainPath: path, &decoder.sink)
        hasUnreadableFile = hasUnreadableFile || !areBodiesRead
        if endsSoon {
            EndOfProcess.keep(trees)
            EndOfProcess.keep(configuration)
        }
        return ValidationResult(
            configuration: decoder.sink.hasErrors ? nil : configuration,
            diagnostics: decoder.sink.ordered(), sources: sources,
            omittedCount: decoder.sink.omittedCount, hasUnreadableFile: hasUnreadableFile)
    }
}
