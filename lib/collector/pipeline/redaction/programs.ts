/*
 * Secrets that only the program's manual reveals. A line is `programs | rules`; a program with a subcommand is `docker:login`,
 * where the subcommand is any later word, also an option. Rules:
 *
 *   -p        the value of the option is a secret, attached or in the next word; `-p.` only attached, `-p~` only the next
 *   --user:   only a part of the value is: after `:`, `%` or `,`; `=` the value of NAME=VALUE; `/` in USER/PASSWORD@HOST
 *   +abc      short options without a value, which may stand before the one with a secret, as in `-sfu USER:PASSWORD`
 *   !--password  an option without a value, whatever its name says
 *   $2        the second word that is not an option, counted after the subcommand; `n$2` after the short option n; `$=` each NAME=VALUE, `$/` each USER/PASSWORD
 *   pairs     a word that is a secret's name, and the next is its value: `git config user.password VALUE`
 *   commands  arguments of several words have the same options: `lftp -c "open -u USER,PASSWORD HOST"`
 */
const TABLE = `
mysql mysqldump mysqladmin mysqlimport mysqlcheck mysqlshow mysqlpump mysqlslap mysqlbinlog mysqlsh mariadb mariadb-dump mariadb-admin mariadb-import mycli mytop xtrabackup mariabackup innobackupex | -p. !--password +BCEHNfnqrsvtAX
psql pg_dump pg_dumpall pg_restore pg_basebackup createdb dropdb createuser vacuumdb reindexdb pgbench | !--password !-W
sshpass | -p +v
curl | -u: --user: -U: --proxy-user: -E: --cert: --proxy-cert: -b= --cookie= --pass --tlsuser~ --oauth2-bearer +sSfLkvgiIGaBjJlNnOqRZ#0123456
http https httpie xh curlie | -a: --auth: --bearer-auth --ntlm:
wget wget2 aria2c axel | --http-passwd --ftp-passwd --rpc-secret
redis-cli valkey-cli keydb-cli redis-benchmark iredis | -a pairs
redis-cli:auth valkey-cli:auth keydb-cli:auth | $1 $2
ldapsearch ldapadd ldapmodify ldapdelete ldapcompare ldapmodrdn ldapwhoami ldapexop ldapurl | -w +xZnvAcLMN
ldappasswd | -w -s -a +xZnvASTM
openssl | -k -K -pass -passin -passout -password -srppass -psk -hmac -macopt: -kek -secret
openssl:passwd | $1
7z 7za 7zr 7zz 7zzs | -p.
rar unrar | -p. -hp.
zip unzip zipcloak zipinfo fcrackzip | -P +rjqmuyoeTDX9
qpdf:--encrypt | $1 $2
qpdf pdftk pdftotext pdftoppm pdfinfo pdfimages | -upw -opw pairs
gpg gpg2 | --passphrase
docker podman nerdctl buildah skopeo crane oras regctl apptainer singularity finch cosign ko flux | --creds: --src-creds: --dest-creds: --from-creds: --to-creds:
docker:login podman:login nerdctl:login buildah:login skopeo:login crane:login oras:login apptainer:login singularity:login finch:login cosign:login regctl:login helm:login oc:login ko:login istioctl:login | -p
kubectl oc kubecolor k3s microk8s | --token
kubectl:secret oc:secret kubeseal:secret | --from-literal=
az:login az:sp az:acr az:user az:credential | -p
az:set az:import | --value
aws:set aws:configure | pairs
aws:put-parameter | --value
aws:put-secret-value aws:create-secret aws:update-secret | --secret-string --secret-binary
gcloud:set git:config hg:config | pairs
gh:secret glab:variable gh:variable gh:set | --body -b --value -v
gh:login glab:login | -t --token
smbclient smbget smbmap smbcacls smbcquotas rpcclient net winexe wmic smbspool smbtree nmblookup samba-tool wbinfo ntlm_auth pdbedit pth-winexe | -U% --user% --username% -A~ --password
net:use | $2 $3
smbclient | $2
htpasswd | $3 n$2
htdigest | $4
ansible-vault:encrypt_string | $1 $2
vault bao | -token
vault:login bao:login vault:unseal bao:unseal vault:unwrap bao:unwrap vault:renew vault:revoke vault:lookup bao:lookup | $1
vault:put bao:put vault:patch vault:write bao:write | $=
consul nomad boundary | -token -http-token
consul:put | $2
etcdctl etcd | --user:
rclone:config | pairs
rclone:obscure | $1
restic rustic borg borgmatic kopia duplicity duplicacy bup tarsnap | --password --passphrase
sqlcmd bcp osql isqlw tsql freebcp defncopy mssql-cli bsqldb | -P -K~
isql iusql | $3
mongo mongosh mongodump mongorestore mongoimport mongoexport mongostat mongotop mongofiles mongod cqlsh cypher-shell arangosh influx influxd cbq couchbase-cli cbbackupmgr beeline sqoop presto trino clickhouse-client snowsql nodetool sstableloader dsetool hbase | -p -pw
influx | -p -t --token
clickhouse clickhouse-local | --password
vsql nzsql gsql tbsql hdbsql vertica | -w -p
sqlplus sqlldr expdp impdp exp imp rman sql tnsping dgmgrl srvctl asmcmd sqlcl adrci lsnrctl | $/
db2 db2cli clpplus | pairs
db2:using | $1
snmpget snmpwalk snmpset snmpgetnext snmpbulkget snmpbulkwalk snmptable snmptrap snmpinform snmpstatus snmpdf snmptest snmpusm check_snmp | -c -A -X -x~ +On
ipmitool | -P -k -y
ipmipower ipmi-sel ipmi-sensors ipmi-chassis ipmi-config bmc-config ipmiconsole ipmi-fru bmc-info ipmi-raw ipmi-dcmi | -p -k
racadm idracadm idracadm7 ilorest hponcfg onecli SUM sum SMCIPMITool redfishtool Redfish.sh rpower | -p -P
xfreerdp wlfreerdp xfreerdp3 sdl-freerdp mstsc | /p: --p
rdesktop vncviewer vinagre remmina | -p
plink pscp psftp puttygen winscp pageant | -pw -passw
lftp lftpget | -u, -p commands
ncftp ncftpget ncftpput ftp | -u, -p
swaks sendemail sendEmail mutt msmtp mailx s-nail | -ap -xp --auth-password
kadmin kadmin.local kdb5_util kdb5_ldap_util | -w -pw -P commands
ktutil kinit | -w --password
ipa-client-install ipa-replica-install ipa-join | -w --password
ipa-server-install | -a -p
useradd usermod newusers adduser chpasswd groupadd | -p
cryptsetup veracrypt truecrypt encfs gocryptfs ecryptfs-add-passphrase | -p --password --passphrase
keytool jarsigner apksigner | --ks-pass --key-pass -storepass -keypass -storepasswd
signtool osslsigncode codesign security xcrun altool notarytool productsign | /p -pass -p -k --password
security:add-generic-password security:add-internet-password security:import | -w -P
npm:config npm:set pnpm:config pnpm:set yarn:config yarn:set bun:config pip:config pip3:config conda:config mamba:config | pairs
pdm:config hatch:config composer:config bundle:config bundle:set gem:config nuget:config dvc:remote | pairs
pulumi:set | pairs !--secret
twine flit hatch uv:publish hatch:publish flit:publish pdm:publish | -p --password
poetry:publish | -p
poetry:config | pairs $3
cargo:login cargo:owner | $1
gem:push | -k
dotnet:push nuget:push | -k -ApiKey
nuget:setapikey | $1
anaconda binstar anaconda-client | -t
kaggle:set | -v
cloudflared:install cloudflared:run | $1 --token
frpc frps | -t
codecov codacy coveralls sentry-cli snyk sonar-scanner honeybadger | -t
snyk:auth wandb:login modal:set railway:login turso:login infracost:set | $1
heroku fly flyctl railway | pairs
fly:set flyctl:set heroku:set wrangler:put | $=
ngrok | --authtoken
ngrok:authtoken ngrok:add-authtoken | $1
vercel now netlify doctl hcloud scw linode-cli civo vultr-cli exo | -t -T
tailscale headscale | --authkey --auth-key
nmcli | pairs
wpa_passphrase | $2
iwconfig iw wpa_cli hostapd_cli setenv | pairs
bw lpass op rbw keepassxc-cli | pairs
bw:login | $2
bw:unlock | $1
knife chef-client chef-server-ctl salt-api | -P
mosquitto_pub mosquitto_sub mosquitto_rr mqttx | -P --pw
rabbitmqadmin | -p --password
rabbitmqctl:add_user rabbitmqctl:change_password rabbitmqctl:authenticate_user | $2
coap-client | -k
ssh-keygen | -N -P
iinit | $1
mc:set mc:add | $4
ascp ascp4 | -W
p4 | -P
conda:token mamba:token | $2
vagrant:login | -t
wbinfo | -a%
mysqladmin:password mariadb-admin:password | $1
openconnect | -C
dropbear | -Y
swift openstack nova cinder glance | -K --key
s3cmd s3fs | --access_key --secret_key
certutil pk12util pkcs11-tool pkcs15-tool softhsm2-util p11tool yubico-piv-tool ykman opensc-tool | -W -K~ -w --pin --so-pin --puk -P
myproxy-logon globus globusconnect | -S~
wp drush occ | --user_pass --account-pass
john hashcat hydra medusa ncrack crackmapexec netexec nxc evil-winrm impacket-psexec | -p
psexec psexec64 schtasks runas | -p /p /rp
winrs winrm cscript | -p -p:
x11vnc vncpasswd vncserver Xvnc tigervncpasswd | -passwd -rfbauth~
nats nats-server nsc stan-pub | --pass --password --creds~
minio-client mcli | pairs
gitlab-runner gitlab-ci-multi-runner | -r -t --registration-token
buildkite-agent circleci travis jenkins-cli drone | --token -t
bitcoin-cli geth cast forge | -rpcpassword --private-key
teleport tsh tctl | --token
spack:config | pairs
ffmpeg | -decryption_key -encryption_key -cryptokey
`;

/** Which part of a value is a secret. */
export type Part = "all" | ":" | "%" | "," | "=" | "/";

interface OptionRule {
  readonly part: Part;
  readonly isAttached: boolean;
  readonly isNext: boolean;
}

export interface ProgramRule {
  readonly options: ReadonlyMap<string, OptionRule>;
  /** Options that take no value, whatever their names say. */
  readonly flags: ReadonlySet<string>;
  readonly shortFlags: string;
  /** Words that are secrets, counted from 1. */
  readonly positions: ReadonlySet<number>;
  readonly positionAfterFlag: { readonly flag: string; readonly position: number } | undefined;
  /** Of every word that has it. */
  readonly part: Part | undefined;
  readonly hasPairs: boolean;
  /** Arguments with spaces are commands with the same options. */
  readonly hasCommands: boolean;
  readonly subcommands: Map<string, ProgramRule>;
}

export const PROGRAMS: ReadonlyMap<string, ProgramRule> = parseTable(TABLE);

function parseTable(table: string): ReadonlyMap<string, ProgramRule> {
  const programs = new Map<string, ProgramRule>();
  for (const line of table.trim().split("\n")) {
    const [names = "", rules = ""] = line.split("|");
    for (const name of names.trim().split(" ")) {
      const [program = "", subcommand] = name.split(":");
      const rule = parseRules(rules);
      const known = programs.get(program) ?? parseRules("");
      if (subcommand !== undefined) {
        known.subcommands.set(subcommand, rule);
        programs.set(program, known);
        continue;
      }
      const options = new Map([...known.options, ...rule.options]);
      programs.set(program, { ...rule, options, subcommands: known.subcommands });
    }
  }
  return programs;
}

function parseRules(text: string): ProgramRule {
  const rules = text.split(" ").filter((rule) => rule !== "");
  const starting = (mark: string) => rules.filter((rule) => rule.startsWith(mark)).map((rule) => rule.slice(1));
  const options = rules.filter((rule) => /^[-/]/.test(rule)).map(parseOption);
  const afterFlag = rules.map((rule) => /^([a-z])\$(\d)$/.exec(rule)).find((match) => match !== null);
  const positions = starting("$").filter((rule) => /^\d$/.test(rule));
  return {
    options: new Map(options),
    flags: new Set(starting("!")),
    shortFlags: starting("+").join(""),
    positions: new Set(positions.map(Number)),
    positionAfterFlag: afterFlag ? { flag: afterFlag[1] as string, position: Number(afterFlag[2]) } : undefined,
    part: starting("$").find((rule): rule is "=" | "/" => rule === "=" || rule === "/"),
    hasPairs: rules.includes("pairs"),
    hasCommands: rules.includes("commands"),
    subcommands: new Map(),
  };
}

function parseOption(rule: string): [string, OptionRule] {
  const [, name = "", form = "", part = ""] = /^([-/][^:%,=~.]*)([~.]?)([:%,=/]?)$/.exec(rule) ?? [];
  return [name, { part: part === "" ? "all" : (part as Part), isAttached: form !== "~", isNext: form !== "." }];
}
