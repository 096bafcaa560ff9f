/** A file as the answer of an operation, in place of JSON. */
export class FileAnswer {
  readonly contentType: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;

  constructor(file: { contentType: string; fileName: string; bytes: Uint8Array }) {
    this.contentType = file.contentType;
    this.fileName = file.fileName;
    this.bytes = file.bytes;
  }
}
