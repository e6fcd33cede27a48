/// How the lines of a route are written.
enum LogForm {
    case format(LogFormat)
    case template(LogTemplate)
}
