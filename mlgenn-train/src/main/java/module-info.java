/// Training and evaluation. `import module org.mlgenn.train;` gives a script networks, compilers
/// and trainers.
module org.mlgenn.train {
  exports org.mlgenn.train;
  exports org.mlgenn.train.callbacks;
  exports org.mlgenn.train.checkpoints;

  requires static org.jspecify;
  requires transitive org.genn.engine;
  requires transitive org.mlgenn;
  requires transitive org.mlgenn.compilers;
  requires me.tongfei.progressbar;
  requires org.slf4j;
}
