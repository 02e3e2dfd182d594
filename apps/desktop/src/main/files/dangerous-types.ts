/**
 * Which endings belong to files that do something when they are opened, by the system on which they do. Pure. Checked against
 * (`dangerous-sources.test.ts` holds their lists):
 * - Chromium, `components/safe_browsing/content/resources/download_file_types.asciipb` at 018b579b: everything that is
 *   `DANGEROUS` or `ALLOW_ON_USER_GESTURE` on any system.
 * - Firefox, `ApplicationReputation.cpp`: `kBinaryFileExtensions` and what it names as `exec`, without archives, pages and
 *   plain documents.
 * - Microsoft, "Blocked attachments in Outlook" and `BlockedFileTypes` of Exchange.
 * - Apple publishes no list; Chromium's section for the Mac stands for it, with the kinds of shortcuts that Finder opens.
 * What the runtimes that people install bring along is added. Left out are data that an editor or a mail program shows: xml,
 * xsd, pst, tmp, mim, torrent.
 */

export type DesktopSystem = 'win32' | 'darwin' | 'linux';

interface DangerousTypes {
  readonly what: string;
  readonly on: readonly DesktopSystem[];
  /** Lower-case, parted by blanks. */
  readonly endings: string;
}

const everywhere = ['win32', 'darwin', 'linux'] as const;

export const dangerousTypes: readonly DangerousTypes[] = [
  {
    what: 'programs of Windows, which Wine runs as well',
    on: ['win32', 'linux'],
    endings: 'exe com scr pif bat cmd msi msp mst lnk cpl cpi dll ocx drv sys efi fon u3p partial',
  },
  {
    what: 'installers of Windows',
    on: ['win32'],
    endings:
      'msu msix msixbundle appx appxbundle appinstaller application appref-ms cab paf xbap vsto vsix inx isu ins isp',
  },
  {
    what: 'scripts of Windows',
    on: ['win32'],
    endings:
      'vb vbe vbs vbscript vbp js jse ws wsc wsf wsh wfs sct shb shs hta htc msh msh1 msh2 mshxml msh1xml msh2xml ' +
      'ps1 ps1xml ps2 ps2xml psc1 psc2 psd1 psdm1 psm1 pssc cdxml job wflow bas ahk au3 asp aspx asa cer',
  },
  {
    what: 'settings, consoles and shortcuts of Windows',
    on: ['win32'],
    endings:
      'reg rgs inf msc settingcontent-ms appcontent-ms library-ms search-ms searchconnector-ms url website theme ' +
      'themepack deskthemepack scf gadget grp local printerexport xrm-ms mof diagcab diagcfg diagpkg wsb rdp mcf udl ' +
      'osd asx cfg ini manifest mmc rels webpnp contact plg prf prg ops crt der p7b p7r pfx p12 crds sdef spc',
  },
  {
    what: 'help and pages of Windows that run scripts with rights',
    on: ['win32'],
    endings: 'chm chi hlp hpj its cnt htt mht mhtml xnk jnlp eml msg',
  },
  {
    what: 'documents of Office with macros or links to commands, wherever Office runs',
    on: ['win32', 'darwin'],
    endings:
      'docm dotm xlsm xltm xlsb xlam xla xll xlm xl4 ppam pptm potm ppsm ppa sldm vsdm vssm vstm vsd vsdx vssx vstx xldm slk iqy oqy rqy dqy ' +
      'ad ade adp mad maf mag mam maq mar mas mat mau mav maw mda mdb mde mdn mdt mdw mdz accda accdb accde accdr ' +
      'accdt accdu pcd fxp one vsmacros vsw vss vst vsx vtx xsl xaml',
  },
  {
    what: 'disk images and containers, whose content carries no mark of where it came from',
    on: ['win32', 'darwin'],
    endings: 'iso img vhd vhdx vdx vmdk udf bin cue nrg mdf wim swm esd ppkg',
  },
  {
    what: 'programs, images and installers of macOS',
    on: ['darwin'],
    endings:
      'app pkg mpkg dmg dmgpart sparsebundle sparseimage smi ndif udif cdr dvdr toast imgpart xip cpgz pax dart dc42 ' +
      'diskcopy42 osx command tool caction action workflow wflow scpt scptd seplugin hqx hfs xar applescript osas osax as terminal term ' +
      'prefpane saver service wdgt plugin kext qlgenerator mdimporter colorpicker bundle dylib framework safariextz ' +
      'qtz definition ipa',
  },
  {
    what: 'settings and places of macOS',
    on: ['darwin'],
    endings:
      'mobileconfig configprofile provisionprofile mobileprovision webloc inetloc fileloc ftploc mailloc afploc ' +
      'vncloc atloc internetconnect networkconnect webarchive url',
  },
  {
    what: 'programs and packages of Linux',
    on: ['linux'],
    endings:
      'desktop appimage run bin out elf so ko deb udeb rpm snap flatpak flatpakref flatpakrepo pet pup slp apk ebuild ' +
      'install service timer kdelnk autostart mount automount socket directory theme kcrash colors oxt',
  },
  {
    what: 'scripts of shells',
    on: ['darwin', 'linux'],
    endings: 'sh bash zsh fish csh tcsh ksh dash ash shar bsh rc profile awk sed',
  },
  {
    what: 'scripts and programs of runtimes that run everywhere',
    on: everywhere,
    endings:
      'jar war class jnlp py pyc pyd pyo pyw pyz pyzw pl pm rb rbw lua tcl tk php phar php3 php4 php5 phtml mjs cjs ' +
      'r rexx rex groovy kts scala jl ps1 psm1 exs erl scm lsp ipynb nix',
  },
  {
    what: 'add-ons and packages that their programs install',
    on: everywhere,
    endings:
      'crx xpi xapk apk apks aab dex vsix gem whl egg nupkg air airm swf spl btapp btinstall btkey btsearch btskin',
  },
];

/**
 * Whatever the system: Wine runs programs of Windows, shares and removable disks carry files on to the next machine, and
 * a question costs one click.
 */
const dangerousEndings: ReadonlySet<string> = new Set(dangerousTypes.flatMap(({ endings }) => endings.split(' ')));

/** Files that a desktop obeys because of their whole name. */
const obeyedNames: ReadonlySet<string> = new Set([
  'autorun.inf',
  'desktop.ini',
  'makefile',
  '.directory',
  'autorun.sh',
  'autorun',
]);
/** A class of Windows' registry in the place of an ending: it opens with the program of that class. */
const classEnding = /^\{[0-9a-f-]{36}\}$/;
/** Drawn as nothing, or turning the order of what follows: they hide where a name ends. */
const invisible = /\p{Default_Ignorable_Code_Point}|\p{Cc}/gu;

/** Whether opening a file of that name may do more than show it. */
export function isDangerousName(name: string): boolean {
  const plain = withoutTail(name.replaceAll(invisible, '').toLowerCase());
  if (obeyedNames.has(plain)) return true;
  const dot = plain.lastIndexOf('.');
  if (dot < 0) return false;
  const ending = plain.slice(dot + 1);
  return dangerousEndings.has(ending) || classEnding.test(ending);
}

/**
 * What Windows drops or does not count at the end of a name: dots and blanks, and a stream behind a colon. By hand, since a
 * pattern tied to the end takes the square of the time that a run of dots in the middle is long.
 */
function withoutTail(name: string): string {
  const colon = name.indexOf(':');
  const file = colon > 0 ? name.slice(0, colon) : name;
  let end = file.length;
  while (end > 0 && (file[end - 1] === '.' || /\s/.test(file.charAt(end - 1)))) end -= 1;
  return file.slice(0, end);
}
