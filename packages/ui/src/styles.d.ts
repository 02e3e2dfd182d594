/** Style sheets are imported for their effect; the host's bundler turns them into files. */
declare module '*.css';
