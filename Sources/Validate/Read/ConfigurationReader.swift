import Diagnostics
package import RouteSyntax

/// Reads a configuration: the main file, its fragments, and what they mean together.
package enum ConfigurationReader {
    /// Most fragments that one configuration may have.
    package static let fragmentCountMax = 10_000

    /// Reads and validates.
    ///
    /// All problems of all files are found in one run: a file that is not YAML keeps neither what stands before
    /// its fault nor the others from being checked.
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
        let sink = DiagnosticSink()
        let mainFile = sources.add(main)
        var reading = Reading(environment: environment, sink: sink)
        var shownNames = [FragmentLocator.lastComponent(of: path)]

        if let tree = reading.read(main, as: mainFile) {
            var locator = FragmentLocator(mainPath: path)
            let fragments = locator.fragments(of: tree, in: files, into: &reading.sink)
            reading.hasUnreadableFile = locator.hasUnreadableFile
            for fragment in fragments {
                let source: SourceText
                do throws(FileSourceError) {
                    let bytes = try files.contents(ofFile: fragment.path, byteCountMax: limit)
                    source = SourceText(name: fragment.path, bytes: bytes)
                } catch {
                    reading.hasUnreadableFile = true
                    reading.sink.error(
                        .unreadableFile, at: fragment.range,
                        "the fragment `\(fragment.path)` can't be read: \(error.reason)")
                    continue
                }
                let file = sources.add(source)
                shownNames.append(fragment.shownName)
                _ = reading.read(source, as: file)
            }
        }

        let trees = reading.trees
        var decoder = ConfigurationDecoder(sink: reading.sink, gaps: reading.gaps())
        var configuration = decoder.decode(trees, files: shownNames)
        let areBodiesRead = BodyFiles.load(
            into: &configuration.fallbackAnswers, from: files, mainPath: path, &decoder.sink)
        let hasUnreadableFile = reading.hasUnreadableFile || !areBodiesRead
        if endsSoon {
            EndOfProcess.keep(trees)
            EndOfProcess.keep(configuration)
        }
        return ValidationResult(
            configuration: decoder.sink.hasErrors ? nil : configuration,
            soundPart: decoder.sink.isFull ? nil : configuration,
            diagnostics: decoder.sink.ordered().map { StrangeText.explain($0, in: sources) },
            sources: sources,
            omittedCount: decoder.sink.omittedCount, hasUnreadableFile: hasUnreadableFile)
    }
}
