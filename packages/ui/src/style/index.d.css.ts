/** The style sheet is imported for its effect; the host's bundler turns it into files. */
export {};
