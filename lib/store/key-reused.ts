/** A key was to be given a second text. */
export class KeyReused extends Error {
  constructor(key: string) {
    super(
      `The object ${JSON.stringify(key)} holds another text than the one to be put under its key. It was kept. ` +
        'A key has to say what it holds: give each run keys of its own.',
    );
    this.name = 'KeyReused';
  }
}
