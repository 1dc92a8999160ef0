/** Something about a file that people should hear of. The texts are one line each, without control characters. */
export type FileProblem = {
  /** `error`: nothing of this file was used. `warning`: a part was not, or is not as it should be. `note`: for information. */
  readonly level: 'error' | 'warning' | 'note';
  /** The file's name as given, or relative to the folder that was given. */
  readonly file: string;
  /** The place within, such as `DescribeNetworkAcls.NetworkAcls[3].Entries[2].CidrBlock`. */
  readonly path?: string;
  /** A sentence to be read after the file's name and a colon. */
  readonly message: string;
};
