import Diagnostics

/// Reads the files that answers name as their bodies. They become part of the table.
enum BodyFiles {
    /// - Parameter mainPath: The main file; paths are relative to its folder.
    /// - Returns: Whether all of them could be read.
    static func load<Files: FileSource>(
        into answers: inout [FallbackAnswer], from files: Files, mainPath: String,
        _ sink: inout DiagnosticSink
    ) -> Bool {
        var areAllRead = true
        for index in answers.indices {
            guard let file = answers[index].bodyFile else { continue }
            let path =
                file.value.hasPrefix("/")
                ? file.value : FragmentLocator.folderPrefix(of: mainPath) + file.value
            do throws(FileSourceError) {
                let limit = FallbackAnswer.bodyByteCountMax
                answers[index].body = try files.contents(ofFile: path, byteCountMax: limit)
                answers[index].bodyFile = nil
                if answers[index].body.count > limit {
                    sink.error(
                        .outOfRange, at: file.range,
                        "`\(path)` is too large to be an answer: it may have \(limit) bytes")
                }
            } catch {
                areAllRead = false
                sink.error(
                    .unreadableFile, at: file.range,
                    "the body `\(path)` can't be read: \(error.reason)",
                    suggestion: "`body_file` is relative to the folder of the main file")
            }
        }
        return areAllRead
    }
}
