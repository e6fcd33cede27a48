internal import CAdminPage

/// The page for people, as it was built into the program. It has no secrets: whoever may connect may have it.
enum AdminPage {
    /// Scripts and styles of the page's own and nothing else, and nobody may frame it.
    private static let policy =
        "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self';"
        + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
        + " frame-ancestors 'none'"

    /// The place of the file that a path names: `/` is the page itself.
    static func index(of path: String) -> Int? {
        guard path.hasPrefix("/") else { return nil }
        var index = 0
        // SAFETY: the files are constants of the program, and their names end with a NUL.
        while let file = unsafe cadminpage_file_at(index) {
            if unsafe String(cString: file.pointee.name) == path.dropFirst() { return index }
            index += 1
        }
        return nil
    }

    /// The file at a place that ``index(of:)`` gave.
    static func answer(_ index: Int) -> AdminAnswer {
        // SAFETY: the files are constants of the program; the bytes are copied.
        guard let file = unsafe cadminpage_file_at(index)?.pointee else {
            preconditionFailure("no file \(index)")
        }
        let bytes = unsafe UnsafeBufferPointer(start: file.bytes, count: file.byte_count)
        var answer = AdminAnswer(
            .ok, contentType: unsafe String(cString: file.content_type),
            content: .whole(unsafe Array(bytes)))
        answer.fields = [policy, "X-Frame-Options: DENY", "Referrer-Policy: no-referrer"]
        return answer
    }
}
