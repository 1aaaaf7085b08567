SELECT sid, uid, code FROM store.code
WHERE (preferred OR $all_versions) AND octet_length(code) = $width;
