log() {
  echo "on_create: $*"
}
