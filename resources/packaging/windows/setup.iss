; Inno Setup 6.3 or newer: iscc setup.iss. Made by `python3 dev.py build`; names in it come from branding.toml.
; Per user by default, without administrator rights; for everybody with /ALLUSERS. Silent: /VERYSILENT.

#define AppName "$name"
#define AppVersion "$version"

[Setup]
; The same for every version: an upgrade finds the installation, and keeps what agents have (it lies elsewhere).
AppId={{6C1D1B0E-6C52-4E0C-9A1C-5B7C2D2F7A10}
AppName={#AppName}
AppVersion={#AppVersion}
AppPublisher=$publisher
VersionInfoVersion=$version.0
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline dialog
DefaultDirName={autopf}\{#AppName}
DefaultGroupName={#AppName}
DisableProgramGroupPage=yes
DisableDirPage=auto
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
OutputBaseFilename=cti-desktop-{#AppVersion}-setup
OutputDir=.
SetupIconFile=$icon
UninstallDisplayIcon={app}\cti-desktop.exe
Compression=lzma2/ultra64
SolidCompression=yes
; A running desktop is asked to close (it saves what is typed), and is started again afterwards.
CloseApplications=yes
RestartApplications=yes
WizardStyle=modern

[Tasks]
Name: "autostart"; Description: "Start {#AppName} when I sign in"
Name: "desktopicon"; Description: "Put an icon on the desktop"; Flags: unchecked

[InstallDelete]
; Nothing of an older version may stay between the new files.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "$program\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{autoprograms}\{#AppName}"; Filename: "{app}\cti-desktop.exe"; AppUserModelID: "io.github.cti-desktop"
Name: "{autodesktop}\{#AppName}"; Filename: "{app}\cti-desktop.exe"; Tasks: desktopicon

[Dirs]
; Managed settings: administrators write, agents read.
Name: "{commonappdata}\cti-desktop"; Permissions: users-readexec; Check: IsAdminInstallMode

[Registry]
Root: HKA; Subkey: "Software\Microsoft\Windows\CurrentVersion\Run"; ValueType: string; ValueName: "cti-desktop"; \
  ValueData: """{app}\cti-desktop.exe"" --at-log-in"; Tasks: autostart; Flags: uninsdeletevalue

[Run]
Filename: "{app}\cti-desktop.exe"; Description: "Start {#AppName}"; Flags: nowait postinstall skipifsilent

[UninstallDelete]
; Settings, the outbox and the sign-in of agents stay: a reinstallation goes on where they were.
Type: filesandordirs; Name: "{app}"
