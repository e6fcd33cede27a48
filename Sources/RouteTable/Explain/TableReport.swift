/// What `verify` says about a table: all of it was checked while the table was loaded.
package struct TableReport {
    /// Some lines for the user. The last ends with a newline.
    package let text: String
    /// Whether the content is that of the digest; all else was checked by loading.
    package let isGenuine: Bool

    /// - Complexity: O(*n*) for *n* bytes of the table.
    package init(of table: borrowing LoadedTable) {
        isGenuine = table.hasGenuineContent()
        text = ""
    }
}
