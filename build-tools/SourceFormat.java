import module java.base;

/// Checks or restores the layout of all Java sources with google-java-format, which is on the class
/// path.
///
/// `java -cp google-java-format.jar SourceFormat.java (check | apply) FOLDER STAMP`. The time of
/// the file `STAMP` is that of the last check that found nothing; only files that changed since are
/// looked at. It is deleted when a file is not laid out well: the build then says what to do.
void main(String[] args) throws IOException {
  boolean apply = args[0].equals("apply");
  var root = Path.of(args[1]).normalize();
  var stamp = Path.of(args[2]);
  var started = FileTime.from(Instant.now());
  var lastCheck = Files.exists(stamp) ? Files.getLastModifiedTime(stamp) : FileTime.fromMillis(0);

  var files = changedSources(root, lastCheck);
  if (!files.isEmpty() && !format(files, apply)) {
    Files.deleteIfExists(stamp);
    System.exit(3);
  }
  Files.createDirectories(stamp.getParent());
  Files.writeString(stamp, "");
  Files.setLastModifiedTime(stamp, started);
}

List<String> changedSources(Path root, FileTime since) throws IOException {
  var files = new ArrayList<String>();
  Files.walkFileTree(
      root,
      new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
          var name = folder.getFileName().toString();
          boolean hidden = name.startsWith(".") || name.equals("target");
          return hidden && !folder.equals(root)
              ? FileVisitResult.SKIP_SUBTREE
              : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
          if (file.toString().endsWith(".java")
              && attributes.lastModifiedTime().compareTo(since) >= 0) {
            files.add(file.toString());
          }
          return FileVisitResult.CONTINUE;
        }
      });
  Collections.sort(files);
  return files;
}

boolean format(List<String> files, boolean apply) {
  var formatter = ToolProvider.findFirst("google-java-format").orElseThrow();
  var arguments = new ArrayList<String>();
  arguments.addAll(apply ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
  arguments.addAll(files);
  return formatter.run(System.out, System.err, arguments.toArray(String[]::new)) == 0;
}
